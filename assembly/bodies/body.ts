/** Owns the digest of one definition's body; src/objects/body.ts says what goes into it. */
import { take } from "./memory";
import {
  COMMON, NOBITS, entryCount, isSound, odd, sectionBytes, sectionNumber, sectionSize, sectionType, setOdd, symbolSize, symbolValue, symbols, tableOf,
} from "./object";
import { nextPlace } from "./places";
import { entryAt, firstFrom, orderOf, relocationAddend, relocationSymbol, relocationType } from "./relocations";
import { putLetters, putNumber, putRange, putWords, restart, takeDigest, written } from "./sink";
import { putTarget, startBody } from "./target";

let result: usize = 0;
/** Bytes that may still be digested. */
let budget: i64 = 0;

export function startBodies(bytes: i64): void {
  result = take(16);
  budget = bytes;
}

/** Where the digest of a definition's body lies, sixteen bytes; 0 for what is left to the other reader. */
export function digest(symbol: i32): usize {
  if (odd || symbol <= 0 || symbol >= symbols) return 0;
  restart();
  startBody();
  digestNested(symbol, result);
  return odd ? 0 : result;
}

/** The digest of the body of a symbol, to `to`; nothing when something is odd. */
export function digestNested(symbol: i32, to: usize): void {
  const number = sectionNumber(symbol);
  if (number > 0) putBody(number, symbol);
  else {
    if (number == COMMON) putLetters(0x6e6f6d6d6f63, 6); // "common"
    else putLetters(0x6574756c6f736261, 8); // "absolute"
    putNumber(symbolValue(symbol));
    putNumber(symbolSize(symbol));
  }
  checkBudget();
  budget -= written();
  takeDigest(to);
}

function checkBudget(): void {
  if (<i64>written() > budget) setOdd();
}

function putBody(section: i32, symbol: i32): void {
  if (!isSound(section)) return;
  const size = sectionSize(section);
  const value = symbolValue(symbol);
  const length = symbolSize(symbol);
  if (odd) return;
  const start = min(max(value, 0), size);
  const next = length == 0 ? nextPlace(section, value) : value + length;
  const end = min(max(next, start), size);
  if (sectionType(section) == NOBITS) {
    putLetters(0x736f72657a, 5); // "zeros"
    return putNumber(end - start);
  }
  putNumber(end - start);
  putRange(sectionBytes(section) + <usize>start, <usize>(end - start));
  const table = tableOf(section);
  if (table != 0) putRelocations(table, section, start, end);
}

function putRelocations(table: i32, section: i32, start: i64, end: i64): void {
  const order = orderOf(table);
  const count = entryCount(table);
  for (let index = firstFrom(table, order, start); index < count && !odd; index++) {
    const entry = entryAt(table, order, index);
    const offset = load<i64>(entry);
    if (offset >= end) return;
    putWords(<u32>(offset - start), relocationType(entry));
    putTarget(section, start, end, relocationType(entry), relocationSymbol(entry), relocationAddend(entry));
    checkBudget();
  }
}
