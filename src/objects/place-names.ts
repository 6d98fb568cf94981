/** Owns the way from a place in an object to the symbol that names it. */
import { FILE, LOCAL, SECTION } from "./classes.js";
import { symbolName, sectionNumber, symbolValue } from "./elf-symbols.js";
import type { ObjectFile } from "./model.js";

/** Per section the names by offset. */
export type PlaceNames = ReadonlyMap<number, ReadonlyMap<number, string>>;

/** All named places; assembler labels (`.L…`) are no names, and of several at one place the first in byte order counts. */
export function placeNames(object: ObjectFile): PlaceNames {
  const { symbols } = object;
  const places = new Map<number, Map<number, string>>();
  for (let index = 1; index < symbols.count; index++) {
    const code = symbols.classes[index] ?? LOCAL;
    const section = sectionNumber(symbols, index);
    if (code === SECTION || code === FILE || section <= 0) continue;
    const name = symbolName(symbols, index);
    if (name !== "" && !name.startsWith(".L")) addName(places, section, symbolValue(symbols, index), name);
  }
  return places;
}

function addName(places: Map<number, Map<number, string>>, section: number, value: number, name: string): void {
  const names = places.get(section) ?? new Map<number, string>();
  const known = names.get(value);
  if (known === undefined || name < known) names.set(value, name);
  places.set(section, names);
}

export function nameAt(places: PlaceNames, section: number, value: number): string | undefined {
  return places.get(section)?.get(value);
}
