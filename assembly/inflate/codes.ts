/**
 * Owns the codes of a block (RFC 1951, section 3.2.2): short ones are looked up in a table, longer ones are counted through by
 * length.
 */
import { peek, skip } from "./bits";

const SHORT: u32 = 9;
const MOST_BITS: i32 = 15;
const MOST_SYMBOLS: i32 = 320;

/** One code of symbols: the table of short codes, how many there are of each length, and the symbols in order. */
@unmanaged
export class Code {
  /** By the next bits: symbol and length (in the lowest four bits); 0: a longer one, or none. */
  table: StaticArray<u16>;
  counts: StaticArray<u16>;
  symbols: StaticArray<u16>;
}

export function newCode(): Code {
  const code = changetype<Code>(heap.alloc(offsetof<Code>()));
  code.table = new StaticArray<u16>(1 << SHORT);
  code.counts = new StaticArray<u16>(MOST_BITS + 1);
  code.symbols = new StaticArray<u16>(MOST_SYMBOLS);
  return code;
}

const offsets = new StaticArray<u16>(MOST_BITS + 1);

/** Builds the code of `size` lengths, a byte each; false when there are more codes than fit, or a set that is not whole. */
export function build(code: Code, lengths: usize, size: i32): bool {
  const counts = code.counts;
  for (let bits = 0; bits <= MOST_BITS; bits++) unchecked((counts[bits] = 0));
  for (let at = 0; at < size; at++) unchecked(counts[load<u8>(lengths + at)]++);
  const used = size - <i32>unchecked(counts[0]);
  let left: i32 = 1;
  for (let bits = 1; bits <= MOST_BITS; bits++) {
    left = (left << 1) - <i32>unchecked(counts[bits]);
    if (left < 0) return false;
  }
  // A single code of one bit may stand alone (distances).
  if (left > 0 && !(used == 0 || (used == 1 && unchecked(counts[1]) == 1))) return false;
  unchecked((offsets[1] = 0));
  for (let bits = 1; bits < MOST_BITS; bits++) unchecked((offsets[bits + 1] = offsets[bits] + counts[bits]));
  for (let at = 0; at < size; at++) {
    const bits = load<u8>(lengths + at);
    if (bits != 0) unchecked((code.symbols[offsets[bits]++] = <u16>at));
  }
  fillTable(code);
  return true;
}

function fillTable(code: Code): void {
  const table = code.table;
  memory.fill(changetype<usize>(table), 0, 2 << SHORT);
  let next: u32 = 0;
  let index: i32 = 0;
  for (let bits: u32 = 1; bits <= SHORT; bits++) {
    for (let left = unchecked(code.counts[bits]); left > 0; left--) {
      const entry = <u16>((<u32>unchecked(code.symbols[index++]) << 4) | bits);
      for (let at = reversed(next, bits); at < 1 << SHORT; at += 1 << bits) unchecked((table[at] = entry));
      next++;
    }
    next <<= 1;
  }
}

/** Codes stand with their highest bit first. */
function reversed(value: u32, bits: u32): u32 {
  let result: u32 = 0;
  for (let at: u32 = 0; at < bits; at++) result |= ((value >> at) & 1) << (bits - 1 - at);
  return result;
}

/** The next symbol, of at least 15 bits that are held; -1 for bits that are no code. */
// @ts-ignore: decorator
@inline
export function symbol(code: Code): i32 {
  const entry = unchecked(code.table[peek(SHORT)]);
  if (entry != 0) {
    skip(entry & 15);
    return entry >> 4;
  }
  return longSymbol(code);
}

function longSymbol(code: Code): i32 {
  const bits = peek(MOST_BITS);
  let value: i32 = 0;
  let first: i32 = 0;
  let index: i32 = 0;
  for (let length = 1; length <= MOST_BITS; length++) {
    value |= (bits >> (length - 1)) & 1;
    const count = <i32>unchecked(code.counts[length]);
    if (value - count < first) {
      skip(length);
      return unchecked(code.symbols[index + (value - first)]);
    }
    index += count;
    first = (first + count) << 1;
    value <<= 1;
  }
  return -1;
}
