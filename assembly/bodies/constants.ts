/** Owns where unnamed constants end; src/objects/constants.ts and constant-ends.ts say what they are. */
import { take, takeZeros } from "./memory";
import {
  ALLOC, CODE, FILE, MERGE, NOBITS, SECTION, STRINGS, WRITE, biasOf, entryCount, entrySize, sectionBytes, sectionFlags, sectionNumber, sectionSize,
  sectionType, sections, setOdd, symbolClass, symbolValue, symbols, tableOf,
} from "./object";
import { relocationAddend, relocationSymbol, relocationType } from "./relocations";
import { notLarger, sort } from "./sort";

export const NONE: i64 = -1;
export const ANY: i64 = -2;

/** Where the constant at a place ends in a section of one sort; ANY in one of all sorts, NONE in code and what can be written. */
export function constantAt(section: i32, place: i64): i64 {
  const flags = sectionFlags(section);
  const size = sectionSize(section);
  if ((flags & (WRITE | CODE)) != 0 || sectionType(section) == NOBITS || place < 0 || place >= size) return NONE;
  const kind = flags & (MERGE | STRINGS);
  if (kind == 0) return ANY;
  const width = entrySize(section);
  if (kind == MERGE) return <u64>(size - place) < width ? size : place + <i64>width;
  return width > 1 ? endOfWideText(section, place, size, width) : endOfText(section, place, size);
}

function endOfText(section: i32, place: i64, size: i64): i64 {
  const bytes = sectionBytes(section);
  for (let at = place; at < size; at++) if (load<u8>(bytes + <usize>at) == 0) return at + 1;
  return size;
}

function endOfWideText(section: i32, place: i64, size: i64, width: u64): i64 {
  if (width > <u64>size) return wideEnd(section, place, size);
  for (let at = place; at < size; at += <i64>width) if (wideEnd(section, at, min(at + <i64>width, size)) == at) return at;
  return size;
}

/** The place again, when nothing but zeros lies up to `end`; else `end`. */
function wideEnd(section: i32, place: i64, end: i64): i64 {
  const bytes = sectionBytes(section);
  for (let at = place; at < end; at++) if (load<u8>(bytes + <usize>at) != 0) return end;
  return place;
}

/** Per section of all sorts where the places lie that are pointed to, sorted, and how many they are. Made when first asked for. */
let pointed: usize = 0;

export function startConstants(): void {
  pointed = 0;
}

/** Flags and type of sections whose places count. */
@inline
function isOfAllSorts(section: i32): bool {
  return section > 0 && section < sections && (sectionFlags(section) & (ALLOC | WRITE | CODE | MERGE | STRINGS)) == ALLOC;
}

@inline
function slot(section: i32): usize {
  return pointed + (<usize>section << 3);
}

/** Looks at all relocations of what is loaded, once to count and once to keep. */
function makePointed(): void {
  pointed = takeZeros(<usize>sections << 3);
  walk(false);
  for (let section = 1; section < sections; section++) {
    const count = load<u32>(slot(section), 4);
    if (count == 0) continue;
    store<u32>(slot(section), <u32>take(<usize>count << 3));
    store<u32>(slot(section), 0, 4);
  }
  walk(true);
  for (let section = 1; section < sections; section++) sort(load<u32>(slot(section)), load<i32>(slot(section), 4));
}

function walk(keeps: bool): void {
  for (let section = 1; section < sections; section++) {
    const table = (sectionFlags(section) & ALLOC) != 0 ? tableOf(section) : 0;
    if (table != 0) walkTable(table, keeps);
  }
  for (let symbol = 1; symbol < symbols; symbol++) {
    const code = symbolClass(symbol);
    const section = code == SECTION || code == FILE ? 0 : sectionNumber(symbol);
    if (isOfAllSorts(section)) add(section, symbolValue(symbol), keeps);
  }
}

function walkTable(table: i32, keeps: bool): void {
  let entry = sectionBytes(table);
  for (const end = entry + <usize>entryCount(table) * 24; entry < end; entry += 24) {
    const symbol = relocationSymbol(entry);
    if (symbol >= <u32>symbols) {
      if (symbol >= 0x8000_0000) setOdd();
      continue;
    }
    if (symbolClass(symbol) != SECTION) continue;
    const section = sectionNumber(symbol);
    if (isOfAllSorts(section)) add(section, relocationAddend(entry) + biasOf(relocationType(entry)), keeps);
  }
}

function add(section: i32, place: i64, keeps: bool): void {
  const count = load<u32>(slot(section), 4);
  if (keeps) store<i64>(<usize>load<u32>(slot(section)) + (<usize>count << 3), place);
  store<u32>(slot(section), count + 1, 4);
}

/** The end of a constant in a section of all sorts, without the zeros at its end; at least a double. */
export function endOfUnnamed(section: i32, place: i64): i64 {
  if (pointed == 0) makePointed();
  const places: usize = load<u32>(slot(section));
  const count = load<i32>(slot(section), 4);
  const behind = notLarger(places, count, place);
  const size = sectionSize(section);
  const bytes = sectionBytes(section);
  let end = behind < count ? min(load<i64>(places + (<usize>behind << 3)), size) : size;
  while (end > place && load<u8>(bytes + <usize>(end - 1)) == 0) end--;
  return min(max(end, place + 8), size);
}
