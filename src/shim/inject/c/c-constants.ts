/** Owns the constants that a C component's public headers define as macros. */
import type { ApiMacro } from "../../../model/api-snapshot.js";
import type { InjectFlavor } from "../model.js";
import type { CSurface } from "./c-surface.js";

/** Plain where both flavors have the same value, with the flavor's name otherwise. */
export function sharedConstants({ sides }: Pick<CSurface, "sides">, flavors: readonly [InjectFlavor, InjectFlavor]): string[] {
  const [first, second] = sides.map(({ macros }) => new Map(macros.filter(isConstant).map((one) => [one.name, one])));
  const names = [...new Set([...(first?.keys() ?? []), ...(second?.keys() ?? [])])];
  return names.flatMap((name) => {
    const [a, b] = [first?.get(name), second?.get(name)];
    if (a !== undefined && a.value === b?.value) return [`#ifndef ${name}`, `#define ${name} ${bodyOf(a)}`, "#endif"];
    return [a, b].flatMap((one, side) => (one === undefined ? [] : [`#define ${name}_${flavors[side]?.name} ${bodyOf(one)}`]));
  });
}

/** Not those that are the implementation's. */
function isConstant({ name, parameters, value }: ApiMacro): boolean {
  return parameters === null && value !== null && !name.startsWith("_");
}

/** As it was written where it says no other name. */
function bodyOf({ body, value }: ApiMacro): string {
  return /[A-Za-z_]\w*/.test(body.replaceAll(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\b\d\w*/g, "")) ? `(${value})` : body;
}
