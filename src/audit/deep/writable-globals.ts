/** Owns the search for global variables that can be written. */
import { definesGlobal } from "../../objects/classes.js";
import { COMMON, sectionNumber, symbolName } from "../../objects/symbols.js";
import { objectsOf } from "../../objects/open.js";
import { isCode, isWritable } from "../../objects/targets.js";
import type { FlavorIndex } from "../definitions.js";

/** Names of variables in writable sections, and of tentative ones; each once, in the order of the files. */
export function writableGlobals(index: FlavorIndex): string[] {
  const names = new Set<string>();
  for (const path of new Set(index.objects.map(({ place }) => place.file))) {
    for (const object of objectsOf(path)) {
      const { symbols } = object;
      for (let symbol = 1; symbol < symbols.count; symbol++) {
        if (!definesGlobal(symbols.classes[symbol] ?? 0)) continue;
        const section = sectionNumber(symbols, symbol);
        if (section === COMMON || (isWritable(object, section) && !isCode(object, section))) names.add(symbolName(symbols, symbol));
      }
    }
  }
  return [...names];
}
