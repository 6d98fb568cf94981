/** Owns which classes callers hand to the library: as arguments, in structs, or as results of what they implement. */
import type { ApiPair } from "../../api/diff/pair.js";
import type { DiffSide } from "../../api/diff/side.js";
import type { ApiClass, ApiMethod, ApiParameter, ApiType } from "../../model/api-snapshot.js";

/**
 * Common names. Once an abstract class is in, the results of its functions count: who implements it makes them. So do its abstract
 * bases: who implements it implements theirs.
 */
export function flowsIn(pairs: readonly ApiPair[], sides: readonly [DiffSide, DiffSide]): ReadonlySet<string> {
  const found = new Set<string>();
  const makers: { readonly owner: string; readonly side: DiffSide; readonly result: ApiType }[] = [];
  const abstractNames = new Set(pairs.filter(({ legacy, latest }) => isAbstract(legacy) || isAbstract(latest)).map(({ name }) => name));
  const bases: { readonly owner: string; readonly base: string }[] = [];
  for (const pair of pairs)
    for (const [index, item] of [pair.legacy, pair.latest].entries()) {
      const side = sides[index] as DiffSide;
      if (item?.kind === "function") addParameters(item.parameters, side, found);
      if (item?.kind !== "class") continue;
      if (item.abstract) for (const base of baseNames(item, side)) if (abstractNames.has(base)) bases.push({ owner: pair.name, base });
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
    for (const { owner, base } of bases) if (found.has(owner)) found.add(base);
  }
  return found;
}

function isAbstract(item: ApiPair["legacy"]): boolean {
  return item?.kind === "class" && item.abstract;
}

function baseNames({ bases }: ApiClass, side: DiffSide): string[] {
  return bases.flatMap(({ type }) => (type.kind === "named" && type.arguments === null ? [side.nameOf(type.name)] : []));
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
