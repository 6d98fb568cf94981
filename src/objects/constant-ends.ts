/** Owns where unnamed constants end that lie in a section of all sorts: at the next place that the object points to or names. */
import { baseOf } from "./body-range.js";
import type { BodyReader, BodySection } from "./body-reader.js";
import { FILE, LOCAL, SECTION } from "./classes.js";
import { firstBehind } from "./first-behind.js";
import type { ObjectFile } from "./model.js";
import { biasOf } from "./processors.js";
import { BY_SECTION, RELOCATION_ENTRY, type RelocationTable, addendAt } from "./relocations.js";
import { SECTION_HEADER, SHF_ALLOC, SHF_CODE, SHF_MERGE, SHF_STRINGS, SHF_WRITE } from "./sections.js";
import { sectionNumber, symbolValue } from "./symbols.js";

/** Per section the offsets that are pointed to, sorted. */
export type PointedPlaces = ReadonlyMap<number, Float64Array>;

/** Looks once at all relocations of what is loaded. */
export function pointedPlaces(reader: BodyReader): PointedPlaces {
  const { object } = reader;
  const { symbols, sections } = object;
  const found = new Map<number, number[]>();
  for (let number = 1; number < sections.count; number++) if (isOfAllSorts(object, number)) found.set(number, []);
  for (let number = 1; number < sections.count; number++) {
    const table = isLoaded(object, number) ? reader.relocations.get(number) : undefined;
    if (table !== undefined) addPointed(object, table, found);
  }
  for (let symbol = 1; symbol < symbols.count; symbol++) {
    const code = symbols.classes[symbol] ?? LOCAL;
    const number = code === SECTION || code === FILE ? 0 : sectionNumber(symbols, symbol);
    if (number > 0) found.get(number)?.push(symbolValue(symbols, symbol) - baseOf(object, reader.section(number)));
  }
  return new Map([...found].map(([number, places]) => [number, Float64Array.from(places).toSorted()]));
}

function flagsOf({ sections }: ObjectFile, number: number): number {
  return sections.headers.getUint32(number * SECTION_HEADER + 8, true);
}

function isLoaded(object: ObjectFile, number: number): boolean {
  return (flagsOf(object, number) & SHF_ALLOC) !== 0;
}

function isOfAllSorts(object: ObjectFile, number: number): boolean {
  return (flagsOf(object, number) & (SHF_ALLOC | SHF_WRITE | SHF_CODE | SHF_MERGE | SHF_STRINGS)) === SHF_ALLOC;
}

function addPointed(object: ObjectFile, { data, count }: RelocationTable, found: ReadonlyMap<number, number[]>): void {
  const { symbols } = object;
  for (let at = 0; at < count * RELOCATION_ENTRY; at += RELOCATION_ENTRY) {
    const symbol = data.getUint32(at + 12, true);
    if (symbol < BY_SECTION && (symbol >= symbols.count || symbols.classes[symbol] !== SECTION)) continue;
    const places = found.get(symbol >= BY_SECTION ? symbol - BY_SECTION : sectionNumber(symbols, symbol));
    places?.push(addendAt(data, at) + biasOf(object, data.getUint32(at + 8, true)));
  }
}

/** The constant without the zeros at its end, which may be padding; at least a double. */
export function endOfUnnamed(pointed: PointedPlaces, section: BodySection, place: number): number {
  const { bytes, start, size } = section;
  const places = pointed.get(section.number);
  const next = places?.[firstBehind(places, place)] ?? size;
  let end = Math.min(next, size);
  while (end > place && bytes[start + end - 1] === 0) end--;
  return Math.min(Math.max(end, place + 8), size);
}
