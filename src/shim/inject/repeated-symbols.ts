/** Owns which symbols both builds of a component define, as their object files say. */
import { COMMON_CLASS, STRONG } from "../../objects/classes.js";
import { demangler } from "../../objects/demangle.js";
import { objectsOf } from "../../objects/open.js";
import { symbolName } from "../../objects/symbols.js";
import { byText } from "../../support/order.js";
import type { InjectFinding } from "./model.js";

export interface BuiltSource {
  readonly source: string;
  readonly object: string;
}

/** Strong definitions only: a linker refuses the second. Inline functions are told by the sources' tokens. */
export function repeatedSymbols(first: readonly BuiltSource[], second: readonly BuiltSource[]): InjectFinding[] {
  const known = definitions(first);
  const demangle = demangler();
  return [...definitions(second)]
    .filter(([name]) => known.has(name))
    .toSorted(([a], [b]) => byText(a, b))
    .map(([name, source]) => {
      const text = `${demangle(name).full} is defined by both builds: they cannot be linked into one program`;
      return { kind: "symbol", path: source, line: 0, text };
    });
}

function definitions(built: readonly BuiltSource[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { source, object } of built)
    for (const { symbols } of objectsOf(object))
      for (let index = 1; index < symbols.count; index++) {
        const code = symbols.classes[index];
        if (code === STRONG || code === COMMON_CLASS) found.set(symbolName(symbols, index), source);
      }
  return found;
}
