/** Owns what bodies are written to before they are digested: one behind the other, a body within another one behind that. */
import { digestInto } from "./digest";
import { take } from "./memory";
import { odd, setOdd } from "./object";

let end: usize = 0;
let start: usize = 0;
/** Where the present body begins, and how far it was written. */
let first: usize = 0;
let at: usize = 0;

/** Room for all bodies that are open at once; what needs more is left to the other reader. */
export function startSink(room: usize): void {
  start = take(room + 64);
  end = start + room;
  restart();
}

export function restart(): void {
  first = start;
  at = start;
}

/** Begins a body behind the present one; gives what `leave` wants. */
export function enter(): usize {
  const around = first;
  first = (at + 15) & ~15;
  at = first;
  return around;
}

/** Goes back to the body around, of which so much was written. */
export function leave(around: usize, length: u32): void {
  first = around;
  at = around + length;
}

@inline
export function written(): u32 {
  return <u32>(at - first);
}

@inline
function has(bytes: usize): bool {
  if (at + bytes <= end) return true;
  setOdd();
  return false;
}

export function putRange(from: usize, bytes: usize): void {
  if (!has(bytes)) return;
  memory.copy(at, from, bytes);
  at += bytes;
}

export function putNumber(value: i64): void {
  if (!has(8)) return;
  store<f64>(at, <f64>value);
  at += 8;
}

export function putWords(one: u32, other: u32): void {
  if (!has(8)) return;
  store<u32>(at, one);
  store<u32>(at, other, 4);
  at += 8;
}

/** Up to eight letters and a NUL, from the lowest byte on. */
export function putLetters(letters: u64, count: usize): void {
  if (!has(16)) return;
  store<u64>(at, letters);
  store<u64>(at, 0, 8);
  at += count + 1;
}

/** The digest of the present body, sixteen bytes at `to`. */
export function takeDigest(to: usize): void {
  const length = written();
  memory.fill(at, 0, 16);
  if (!odd) digestInto(to, first, (length + 15) >>> 4, length);
  at = first;
}
