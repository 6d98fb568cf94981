/** Owns the hashes of symbol names, each made once; src/objects/name-hashes.ts says what they are. */
import { takeZeros } from "./memory";
import { nameByte, nameIndex, sectionName, sectionNames, sectionNamesSize, setOdd, stringsSize, symbols } from "./object";
import { putLetters, putRange, putWords } from "./sink";

let hashes: usize = 0;

export function startNames(): void {
  hashes = takeZeros(<usize>symbols << 3);
}

export function putSymbol(symbol: i32): void {
  const at = hashes + (<usize>symbol << 3);
  if (load<u32>(at) == 0) makeHash(symbol, at);
  putWords(load<u32>(at), load<u32>(at, 4));
}

function makeHash(symbol: i32, to: usize): void {
  let place = nameIndex(symbol);
  if (place >= stringsSize && place > 0) setOdd();
  let one: u32 = 0x2545f491;
  let other: u32 = 0x4f6cdd1d;
  for (let byte = nameByte(place); byte != 0; byte = nameByte(++place)) {
    one = (one ^ byte) * 0x9e3779b1;
    one ^= one >>> 15;
    other = (other + byte + (one << 3)) * 0x85ebca6b;
    other ^= other >>> 13;
  }
  store<u32>(to, one | 1);
  store<u32>(to, other, 4);
}

/** The name of a section, and a NUL. */
export function putSectionName(section: i32): void {
  const start = sectionName(section);
  if (start >= sectionNamesSize && start > 0) setOdd();
  let end = start;
  while (end < sectionNamesSize && load<u8>(sectionNames + end) != 0) end++;
  if (end > start) putRange(sectionNames + start, end - start);
  putLetters(0, 0);
}
