/** Owns the reading of zlib streams (RFC 1950 and 1951): what src/git/store/inflate.ts calls. */
import { align, copyOut, fill, isOver, startBits, take } from "./bits";
import { Code, build, newCode, symbol } from "./codes";

const literals = newCode();
const distances = newCode();
const lengthsCode = newCode();
const fixedLiterals = newCode();
const fixedDistances = newCode();
const lengths = memory.data(320);
let isFixedReady = false;

/** Lengths from symbol 257 on, and distances: what they begin with, and how many bits are added. */
const LENGTHS = memory.data<u16>([3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258]);
const LENGTH_BITS = memory.data<u8>([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]);
const DISTANCES = memory.data<u16>([
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
]);
const DISTANCE_BITS = memory.data<u8>([0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13]);
/** The order in which the lengths of the code of lengths stand. */
const ORDER = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

let outStart: usize = 0;
let out: usize = 0;
let outEnd: usize = 0;

/** Room for a stream and what comes out of it; gives where the stream goes. What comes out follows at {@link outputAt}. */
export function room(input: u32, output: u32): usize {
  const from: usize = (__heap_base + HEAP + 15) & ~15;
  outStart = from + input + 16;
  outEnd = outStart + output;
  const missing = <i32>((outEnd + 0xffff) >>> 16) - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) return 0;
  return from;
}

/** What the codes take. */
const HEAP: usize = 64 * 1024;

export function outputAt(): usize {
  return outStart;
}

/** Reads a stream of `size` bytes at its room; true when exactly the bytes that room was made for came out, and their sum is right. */
export function inflate(from: usize, size: u32): bool {
  out = outStart;
  if (size < 6) return false;
  const head = (<u32>load<u8>(from) << 8) | load<u8>(from + 1);
  if ((load<u8>(from) & 15) != 8 || head % 31 != 0 || (head & 0x20) != 0) return false;
  startBits(from + 2, from + size);
  for (let last = false; !last; ) {
    fill();
    last = take(1) != 0;
    const kind = take(2);
    if (!block(kind) || isOver()) return false;
  }
  align();
  fill();
  const sum = bswap(take(32));
  return !isOver() && out == outEnd && sum == adler32(outStart, out);
}

function block(kind: u32): bool {
  if (kind == 0) return stored();
  if (kind == 1) {
    readyFixed();
    return compressed(fixedLiterals, fixedDistances);
  }
  return kind == 2 && readCodes() && compressed(literals, distances);
}

function stored(): bool {
  align();
  fill();
  const size = take(16);
  if (size != (take(16) ^ 0xffff) || out + size > outEnd || !copyOut(out, size)) return false;
  out += size;
  return true;
}

function compressed(codes: Code, ways: Code): bool {
  while (true) {
    fill();
    const next = symbol(codes);
    if (next < 0) return false;
    if (next < 256) {
      if (out >= outEnd) return false;
      store<u8>(out++, <u8>next);
      continue;
    }
    if (next == 256) return true;
    if (next > 285) return false;
    const length = <u32>load<u16>(LENGTHS + ((next - 257) << 1)) + take(load<u8>(LENGTH_BITS + next - 257));
    const way = symbol(ways);
    if (way < 0 || way > 29) return false;
    const distance = <u32>load<u16>(DISTANCES + (way << 1)) + take(load<u8>(DISTANCE_BITS + way));
    if (<usize>distance > out - outStart || out + length > outEnd || isOver()) return false;
    copyBack(distance, length);
  }
}

/** What is copied may reach into what it writes. */
function copyBack(distance: u32, length: u32): void {
  if (distance >= length) {
    memory.copy(out, out - distance, length);
    out += length;
    return;
  }
  for (let left = length; left > 0; left--) {
    store<u8>(out, load<u8>(out - distance));
    out++;
  }
}

/** Section 3.2.7. */
function readCodes(): bool {
  fill();
  const literalCount = <i32>take(5) + 257;
  const distanceCount = <i32>take(5) + 1;
  const count = <i32>take(4) + 4;
  if (literalCount > 286 || distanceCount > 30) return false;
  memory.fill(lengths, 0, 19);
  for (let at = 0; at < count; at++) {
    fill();
    store<u8>(lengths + load<u8>(ORDER + at), <u8>take(3));
  }
  if (!build(lengthsCode, lengths, 19)) return false;
  const all = literalCount + distanceCount;
  for (let at = 0; at < all; ) {
    fill();
    const next = symbol(lengthsCode);
    if (next < 0) return false;
    if (next < 16) {
      store<u8>(lengths + at++, <u8>next);
      continue;
    }
    if (next == 16 && at == 0) return false;
    const value: u8 = next == 16 ? load<u8>(lengths + at - 1) : 0;
    const times = next == 16 ? 3 + take(2) : next == 17 ? 3 + take(3) : 11 + take(7);
    if (at + <i32>times > all || isOver()) return false;
    memory.fill(lengths + at, value, times);
    at += times;
  }
  return load<u8>(lengths + 256) != 0 && build(literals, lengths, literalCount) && build(distances, lengths + literalCount, distanceCount);
}

/** Section 3.2.6. */
function readyFixed(): void {
  if (isFixedReady) return;
  memory.fill(lengths, 8, 144);
  memory.fill(lengths + 144, 9, 112);
  memory.fill(lengths + 256, 7, 24);
  memory.fill(lengths + 280, 8, 8);
  build(fixedLiterals, lengths, 288);
  memory.fill(lengths, 5, 32);
  build(fixedDistances, lengths, 32);
  isFixedReady = true;
}

/** RFC 1950, section 8.2. */
function adler32(from: usize, to: usize): u32 {
  let a: u32 = 1;
  let b: u32 = 0;
  for (let at = from; at < to; ) {
    const stop = min(at + 3800, to);
    for (; at < stop; at++) {
      a += load<u8>(at);
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return (b << 16) | a;
}
