/** Owns which classes' pointers reach the application by a way that the shim does not see: through its callbacks, in fields, by functions that are not generated. */
import type { ApiPair } from "../../api/diff/pair.js";
import type { ApiFunction, ApiMethod, ApiType } from "../../model/api-snapshot.js";
import type { PlanContext } from "./context.js";
import { arraySign } from "./counted-values.js";
import type { SideIndex } from "./model.js";
import { givenToCallbacks, pointeeOf } from "./pointees.js";

/** Common names. `isGenerated`: of a function that the shim calls. */
export function unseenWays(
  pairs: readonly ApiPair[],
  isGenerated: (one: ApiFunction | ApiMethod) => boolean,
  { sides, kindOf, surface }: PlanContext,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const pair of pairs)
    for (const [index, item] of [pair.legacy, pair.latest].entries()) {
      const side = sides[index as SideIndex];
      const add = (names: readonly string[]): void => names.forEach((name) => void found.add(side.nameOf(name)));
      if (item?.kind === "function") add(namesOf(item, isGenerated(item)));
      if (item?.kind === "typedef") add(givenToCallbacks(item.type).map(({ name }) => name));
      if (item?.kind !== "class") continue;
      for (const method of item.methods) add(namesOf(method, isGenerated(method)));
      const kind = kindOf(pair.name);
      if (kind === "layout" || kind === "value") for (const { type } of item.fields) add(fieldNames(type));
    }
  for (const { result, parameters } of surface.byHand)
    for (const [word] of [result, ...parameters].join(" ").matchAll(/\w+(?:::\w+)*/g)) found.add(word);
  return found;
}

function fieldNames(type: ApiType): string[] {
  if (type.kind === "array") return fieldNames(type.of);
  const pointee = pointeeOf(type);
  return [...(pointee === undefined ? [] : [pointee.name]), ...givenToCallbacks(type).map(({ name }) => name)];
}

function namesOf({ result, parameters, variadic }: ApiFunction | ApiMethod, isGenerated: boolean): string[] {
  const isSeen = isGenerated && !variadic;
  const found = [result, ...parameters.map(({ type }) => type)].flatMap(givenToCallbacks).map(({ name }) => name);
  const back = pointeeOf(result);
  if (back !== undefined && (!isSeen || back.depth > 1)) found.push(back.name);
  for (const [index, { type }] of parameters.entries()) {
    const pointee = pointeeOf(type);
    if (pointee === undefined || pointee.depth < 2) continue;
    if (!isSeen || pointee.depth > 2 || pointee.reference || arraySign(parameters, index, null) !== undefined) found.push(pointee.name);
  }
  return found;
}
