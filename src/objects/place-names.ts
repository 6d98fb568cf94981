/** Owns the way from a place in an object to the symbol that names it, and to where the next one begins. */
import { FILE, LOCAL, SECTION } from "./classes.js";
import { firstBehind } from "./first-behind.js";
import { isLabel } from "./labels.js";
import type { ObjectFile } from "./model.js";
import { sectionNumber, symbolName, symbolValue } from "./symbols.js";

export interface PlaceNames {
  readonly object: ObjectFile;
  /** Symbols sorted by section; those of section N lie from `starts[N]` to `starts[N + 1]`. */
  readonly symbols: Uint32Array;
  readonly starts: Uint32Array;
  /** Per section what was asked for: one symbol per offset, sorted. */
  readonly places: Map<number, Places>;
}

interface Places {
  readonly values: Float64Array;
  /** Of several symbols at one place the first in byte order of names. */
  readonly symbols: Uint32Array;
}

/** All named places; labels are no names. */
export function placeNames(object: ObjectFile): PlaceNames {
  const { symbols } = object;
  const starts = new Uint32Array(object.sections.count + 2);
  const numbers = new Int32Array(symbols.count);
  for (let index = 1; index < symbols.count; index++) {
    const code = symbols.classes[index] ?? LOCAL;
    const section = code === SECTION || code === FILE ? 0 : sectionNumber(symbols, index);
    numbers[index] = section;
    if (section > 0) starts[section + 1] = (starts[section + 1] ?? 0) + 1;
  }
  for (let section = 1; section < starts.length; section++) starts[section] = (starts[section] ?? 0) + (starts[section - 1] ?? 0);
  const sorted = new Uint32Array(starts.at(-1) ?? 0);
  const next = starts.slice();
  for (let index = 1; index < symbols.count; index++) {
    const section = numbers[index] ?? 0;
    if (section > 0) {
      sorted[next[section] ?? 0] = index;
      next[section] = (next[section] ?? 0) + 1;
    }
  }
  return { object, symbols: sorted, starts, places: new Map() };
}

function placesIn(names: PlaceNames, section: number): Places {
  let places = names.places.get(section);
  if (places === undefined) names.places.set(section, (places = readPlaces(names, section)));
  return places;
}

function readPlaces({ object, symbols, starts }: PlaceNames, section: number): Places {
  const table = object.symbols;
  const first = starts[section] ?? 0;
  const found: number[] = [];
  for (let at = first; at < (starts[section + 1] ?? first); at++) {
    const index = symbols[at] ?? 0;
    if (table.classes[index] !== LOCAL || !isLabel(object, index)) found.push(index);
  }
  const values = found.map((index) => symbolValue(table, index));
  if (!isAscending(values)) return sortedPlaces(object, found);
  return { values: Float64Array.from(values), symbols: Uint32Array.from(found) };
}

function isAscending(values: readonly number[]): boolean {
  for (let at = 1; at < values.length; at++) if ((values[at] ?? 0) <= (values[at - 1] ?? 0)) return false;
  return true;
}

function sortedPlaces({ symbols: table }: ObjectFile, found: readonly number[]): Places {
  const named = found.toSorted(
    (a, b) => symbolValue(table, a) - symbolValue(table, b) || (symbolName(table, a) < symbolName(table, b) ? -1 : 1),
  );
  const first = named.filter((index, at) => at === 0 || symbolValue(table, named[at - 1] ?? 0) !== symbolValue(table, index));
  return { values: Float64Array.from(first, (index) => symbolValue(table, index)), symbols: Uint32Array.from(first) };
}

/** The symbol that names a place, or 0. */
export function symbolThere(names: PlaceNames, section: number, value: number): number {
  const { values, symbols } = placesIn(names, section);
  const at = firstBehind(values, value) - 1;
  return at >= 0 && values[at] === value ? (symbols[at] ?? 0) : 0;
}

/** The first named place of the section behind `value`. */
export function nextPlace(names: PlaceNames, section: number, value: number): number | undefined {
  const { values } = placesIn(names, section);
  return values[firstBehind(values, value)];
}
