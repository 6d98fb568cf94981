/** Owns how a digest tells what a relocation points to; src/objects/body-target.ts says how. */
import { digestNested } from "./body";
import { ANY, NONE, constantAt, endOfUnnamed } from "./constants";
import { takeZeros } from "./memory";
import { putSectionName, putSymbol } from "./names";
import {
  LOCAL, SECTION, WRITE, biasOf, entryCount, isLabel, isSound, sectionBytes, sectionFlags, sectionNumber, setOdd, symbolClass, symbolSize,
  symbolValue, symbols, tableOf,
} from "./object";
import { symbolThere } from "./places";
import { entryAt, firstFrom, orderOf, relocationAddend, relocationSymbol } from "./relocations";
import { enter, leave, putLetters, putNumber, putRange, written } from "./sink";

/** How deep bodies within bodies are looked into, and how many for one digest. */
const DEEPEST = 8;
const MOST_NESTED = 256;

let depth = 0;
let left = 0;
let cuts: u32 = 0;
/** Per symbol: 0 unknown, 1 known, 2 being digested; and the digests. */
let states: usize = 0;
let digests: usize = 0;

export function startTargets(): void {
  states = takeZeros(symbols);
  digests = takeZeros(<usize>symbols << 4);
}

/** Begins with an outermost body. */
export function startBody(): void {
  left = MOST_NESTED;
}

@inline
function isInside(own: i32, start: i64, end: i64, number: i32, place: i64): bool {
  return number == own && place >= start && place <= end;
}

/** The body is that from `start` to `end` in section `own`. */
export function putTarget(own: i32, start: i64, end: i64, type: u32, target: u32, addend: i64): void {
  if (target >= <u32>symbols) return setOdd();
  const symbol = <i32>target;
  const code = symbolClass(symbol);
  const number = code == SECTION || code == LOCAL ? sectionNumber(symbol) : 0;
  const value = number > 0 ? symbolValue(symbol) : 0;
  if (number > 0 && !isSound(number)) return;
  if (number <= 0) putSymbol(symbol);
  else if (code == LOCAL && !isLabel(symbol) && !isInside(own, start, end, number, value)) putLocal(number, symbol);
  else return putPlace(own, start, end, type, addend, number, value, code == SECTION);
  putNumber(addend);
}

/** What only this object sees by its own body; what can be written by its name as well; what has no end by its name. */
function putLocal(section: i32, symbol: i32): void {
  if ((sectionFlags(section) & WRITE) != 0) putSymbol(symbol);
  const digest = digests + (<usize>symbol << 4);
  const state = load<u8>(states + symbol);
  if (state == 1) return putRange(digest, 16);
  if (symbolSize(symbol) == 0 || state == 2 || depth >= DEEPEST || left <= 0) {
    cuts++;
    return putSymbol(symbol);
  }
  const before = cuts;
  left--;
  depth++;
  store<u8>(states + symbol, 2);
  const length = written();
  const around = enter();
  digestNested(symbol, digest);
  leave(around, length);
  depth--;
  store<u8>(states + symbol, cuts == before ? 1 : 0);
  putRange(digest, 16);
}

function putPlace(own: i32, start: i64, end: i64, type: u32, addend: i64, number: i32, value: i64, bySection: bool): void {
  const place = bySection ? value + addend + biasOf(type) : value;
  if (isInside(own, start, end, number, place)) {
    putLetters(0x6e776f, 3); // "own"
    return putNumber(value - start + addend);
  }
  const kind = constantAt(number, place);
  if (kind == NONE) putUnnamed(number, place);
  else if (kind == ANY) putConstant(own, start, end, number, place);
  else putRange(sectionBytes(number) + <usize>place, <usize>(kind - place));
  putNumber(bySection ? 0 : addend);
}

/** A table that has a name, a table of jumps, or what lies there to the next constant. */
function putConstant(own: i32, start: i64, end: i64, section: i32, place: i64): void {
  const symbol = symbolThere(section, place);
  if (symbol > 0 && symbolClass(symbol) == LOCAL) putLocal(section, symbol);
  else if (!putJumps(own, start, end, section, place)) {
    putRange(sectionBytes(section) + <usize>place, <usize>(endOfUnnamed(section, place) - place));
  }
}

/** A place by the symbol that is there; else by section and offset. */
function putUnnamed(section: i32, place: i64): void {
  const symbol = symbolThere(section, place);
  if (symbol > 0 && symbolClass(symbol) == LOCAL) putLocal(section, symbol);
  else if (symbol > 0) putSymbol(symbol);
  else {
    putSectionName(section);
    putNumber(place);
  }
}

/** The places of this body that a table of jumps lists; false for what is no such table. */
function putJumps(own: i32, start: i64, end: i64, section: i32, tableStart: i64): bool {
  const table = tableOf(section);
  if (table == 0) return false;
  const order = orderOf(table);
  let count: i64 = 0;
  let width: i64 = 0;
  for (let index = firstFrom(table, order, tableStart), all = entryCount(table); index < all; index++) {
    const entry = entryAt(table, order, index);
    const distance = load<i64>(entry) - tableStart;
    if (distance != count * width && !(count == 1 && (distance == 4 || distance == 8))) break;
    const target = relocationSymbol(entry);
    if (target >= <u32>symbols || sectionNumber(<i32>target) != own) break;
    const address = symbolValue(<i32>target) + relocationAddend(entry);
    if (!isInside(own, start, end, own, address) && !isInside(own, start, end, own, address - distance)) break;
    if (count == 1) width = distance;
    putNumber(address - start);
    count++;
  }
  return count > 0;
}
