/** Owns the way from a place in a section to the symbol that names it; src/objects/place-names.ts says which one that is. */
import { take, takeZeros } from "./memory";
import { FILE, LOCAL, SECTION, isLabel, nameByte, nameIndex, sectionNumber, sections, setOdd, stringsSize, symbolClass, symbolValue, symbols } from "./object";
import { notLarger, sort } from "./sort";

/** Symbols by section; those of section N lie from `starts[N]` to `starts[N + 1]`. Made when first asked for. */
let starts: usize = 0;
let sorted: usize = 0;
/** Per section where its places lie (values, then symbols) and how many they are; 0 before they were asked for. */
let places: usize = 0;

export function startPlaces(): void {
  starts = 0;
}

@inline
function word(at: usize, index: i32): usize {
  return at + (<usize>index << 2);
}

function makeNames(): void {
  starts = takeZeros(<usize>(sections + 2) << 2);
  places = takeZeros(<usize>sections << 3);
  for (let symbol = 1; symbol < symbols; symbol++) {
    const section = placedIn(symbol);
    if (section > 0) store<u32>(word(starts, section + 1), load<u32>(word(starts, section + 1)) + 1);
  }
  for (let section = 1; section < sections + 2; section++)
    store<u32>(word(starts, section), load<u32>(word(starts, section)) + load<u32>(word(starts, section - 1)));
  sorted = take(<usize>load<u32>(word(starts, sections + 1)) << 2);
  const next = take(<usize>(sections + 2) << 2);
  memory.copy(next, starts, <usize>(sections + 2) << 2);
  for (let symbol = 1; symbol < symbols; symbol++) {
    const section = placedIn(symbol);
    if (section <= 0) continue;
    const at = load<i32>(word(next, section));
    store<i32>(word(sorted, at), symbol);
    store<i32>(word(next, section), at + 1);
  }
}

/** The section of what has a place in one, else 0. */
function placedIn(symbol: i32): i32 {
  const code = symbolClass(symbol);
  const section = code == SECTION || code == FILE ? 0 : sectionNumber(symbol);
  return section < sections ? section : 0;
}

/** Where the count of the section's places lies, behind it their values and symbols. */
function placesIn(section: i32): usize {
  if (starts == 0) makeNames();
  const known: usize = load<u32>(places + (<usize>section << 3));
  if (known != 0) return known;
  const made = makePlaces(section);
  store<u32>(places + (<usize>section << 3), <u32>made);
  return made;
}

function makePlaces(section: i32): usize {
  const first = load<i32>(word(starts, section));
  const end = load<i32>(word(starts, section + 1));
  const made = take(16 + (<usize>(end - first) << 4));
  const keys = made + 16;
  let count = 0;
  for (let at = first; at < end; at++) {
    const symbol = load<i32>(word(sorted, at));
    if (symbolClass(symbol) == LOCAL && isLabel(symbol)) continue;
    const value = symbolValue(symbol);
    if (value < 0 || value > i32.MAX_VALUE) setOdd();
    store<i64>(keys + (<usize>count << 3), (value << 32) | symbol);
    count++;
  }
  sort(keys, count);
  store<i32>(made, takeApart(keys, count, keys + (<usize>(end - first) << 3)));
  store<u32>(made, <u32>(end - first), 4);
  return made;
}

/** Values stay where keys were, symbols go to `to`: one per value. Gives their number. */
function takeApart(keys: usize, count: i32, to: usize): i32 {
  let kept = 0;
  for (let index = 0; index < count; index++) {
    const key = load<i64>(keys + (<usize>index << 3));
    const value = key >> 32;
    const symbol = <i32>key;
    if (kept > 0 && load<i64>(keys + (<usize>(kept - 1) << 3)) == value) {
      const other = to + (<usize>(kept - 1) << 2);
      if (isBefore(symbol, load<i32>(other))) store<i32>(other, symbol);
      continue;
    }
    store<i64>(keys + (<usize>kept << 3), value);
    store<i32>(to + (<usize>kept << 2), symbol);
    kept++;
  }
  return kept;
}

/** In byte order of names; what is no ASCII, or has no end, is left to the other reader. */
function isBefore(one: i32, other: i32): bool {
  let a = nameIndex(one);
  let b = nameIndex(other);
  let first = nameByte(a);
  let second = nameByte(b);
  while (first == second && first != 0) {
    first = nameByte(++a);
    second = nameByte(++b);
  }
  if ((first | second) >= 0x80 || max(a, b) >= stringsSize) setOdd();
  return first < second;
}

/** The symbol that names a place, or 0. */
export function symbolThere(section: i32, value: i64): i32 {
  const made = placesIn(section);
  const at = notLarger(made + 16, load<i32>(made), value) - 1;
  if (at < 0 || load<i64>(made + 16 + (<usize>at << 3)) != value) return 0;
  return load<i32>(made + 16 + (<usize>load<u32>(made, 4) << 3) + (<usize>at << 2));
}

/** The first named place of the section behind `value`, or the largest number. */
export function nextPlace(section: i32, value: i64): i64 {
  const made = placesIn(section);
  const count = load<i32>(made);
  const at = notLarger(made + 16, count, value);
  return at < count ? load<i64>(made + 16 + (<usize>at << 3)) : i64.MAX_VALUE;
}
