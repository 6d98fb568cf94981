/** Owns the sizes of symbols in formats that have none: a symbol reaches to the next one of its section. */
import { FILE, LOCAL, SECTION } from "./classes.js";
import { isLabel } from "./labels.js";
import type { ObjectFormat, SymbolTable } from "./model.js";
import { putSize, sectionNumber, symbolValue } from "./symbols.js";

/** Labels have no size and end none. `endOf` gives where a section ends, counted as values are. */
export function putSizes(format: ObjectFormat, symbols: SymbolTable, endOf: (section: number) => number): void {
  const placed = placedSymbols(format, symbols);
  const sections = Float64Array.from(placed, (index) => sectionNumber(symbols, index));
  const values = Float64Array.from(placed, (index) => symbolValue(symbols, index));
  const order = Uint32Array.from(placed.keys()).toSorted(
    (a, b) => (sections[a] ?? 0) - (sections[b] ?? 0) || (values[a] ?? 0) - (values[b] ?? 0),
  );
  let end = 0;
  for (let at = order.length - 1; at >= 0; at--) {
    const [one, next] = [order[at] ?? 0, order[at + 1]];
    const section = sections[one] ?? 0;
    const value = values[one] ?? 0;
    if (next === undefined || sections[next] !== section) end = endOf(section);
    else if ((values[next] ?? 0) > value) end = values[next] ?? 0;
    putSize(symbols, placed[one] ?? 0, Math.max(end - value, 0));
  }
}

function placedSymbols(format: ObjectFormat, symbols: SymbolTable): number[] {
  const placed: number[] = [];
  for (let index = 1; index < symbols.count; index++) {
    const code = symbols.classes[index] ?? LOCAL;
    if (code === SECTION || code === FILE || sectionNumber(symbols, index) <= 0) continue;
    if (code !== LOCAL || !isLabel({ format, symbols }, index)) placed.push(index);
  }
  return placed;
}
