/** Owns the search for global variables that can be written. */
import { definesGlobal } from "../../objects/classes.js";
import { COMMON, sectionNumber, symbolName } from "../../objects/symbols.js";
import { isCode, isWritable } from "../../objects/targets.js";
import type { FlavorIndex } from "../definitions.js";
import { objectsIn } from "./flavor-objects.js";

/** Names of variables in writable sections, and of tentative ones; each once, in the order of the files. */
export function writableGlobals(index: FlavorIndex): string[] {
  const names = new Set<string>();
  for (const object of objectsIn(index)) {
    const { symbols } = object;
    for (let symbol = 1; symbol < symbols.count; symbol++) {
      if (!definesGlobal(symbols.classes[symbol] ?? 0)) continue;
      const section = sectionNumber(symbols, symbol);
      if (section === COMMON || (isWritable(object, section) && !isCode(object, section))) names.add(symbolName(symbols, symbol));
    }
  }
  return [...names];
}
