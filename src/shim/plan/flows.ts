/** Owns which classes callers hand to the library: as arguments, in structs, or as results of what they implement. */
import type { ApiPair } from "../../api/diff/pair.js";
import type { DiffSide } from "../../api/diff/side.js";
import type { ApiMethod, ApiParameter, ApiType } from "../../model/api-snapshot.js";

/** Common names. The results of abstract classes' functions count once those classes are in: who implements one makes them. */
export function flowsIn(pairs: readonly ApiPair[], sides: readonly [DiffSide, DiffSide]): ReadonlySet<string> {
  const found = new Set<string>();
  const makers: { readonly owner: string; readonly side: DiffSide; readonly result: ApiType }[] = [];
  for (const pair of pairs)
    for (const [index, item] of [pair.legacy, pair.latest].entries()) {
      const side = sides[index] as DiffSide;
      if (item?.kind === "function") addParameters(item.parameters, side, found);
      if (item?.kind !== "class") continue;
      for (const field of item.fields) if (!item.polymorphic) addPointed(field.type, side, found);
      for (const method of item.methods) {
        if (method.access === "private" && !method.virtual) continue;
        addParameters(method.parameters, side, found);
        if (item.abstract && isOverridable(method)) makers.push({ owner: pair.name, side, result: method.result });
      }
    }
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const { owner, side, result } of makers) if (found.has(owner)) addPointed(result, side, found);
  }
  return found;
}

function isOverridable({ virtual, role }: ApiMethod): boolean {
  return virtual && role === "method";
}

function addParameters(parameters: readonly ApiParameter[], side: DiffSide, found: Set<string>): void {
  for (const { type } of parameters) addPointed(type, side, found);
}

/** What is pointed or referred to, or owned by a pointer class. */
function addPointed(type: ApiType, side: DiffSide, found: Set<string>): void {
  if (type.kind === "alias") addPointed(type.target, side, found);
  if ((type.kind === "pointer" || type.kind === "reference") && type.to.kind === "named" && type.to.arguments === null)
    found.add(side.nameOf(type.to.name));
  if (type.kind === "pointer" || type.kind === "reference") addPointed(type.to, side, found);
  if (type.kind !== "named" || type.arguments === null) return;
  for (const one of type.arguments) {
    if (!("type" in one)) continue;
    if (one.type.kind === "named" && one.type.arguments === null && type.name.endsWith("ptr")) found.add(side.nameOf(one.type.name));
    addPointed(one.type, side, found);
  }
}
