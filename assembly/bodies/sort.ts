/** Owns the sorting of numbers of 64 bits, and the search among them. */
import { take } from "./memory";

/** Sorts `count` numbers that lie at `at`, ascending; most are in order already. */
export function sort(at: usize, count: i32): void {
  let run = 1;
  while (run < count && load<i64>(at + (<usize>run << 3)) >= load<i64>(at + (<usize>(run - 1) << 3))) run++;
  if (run >= count) return;
  const other = take(<usize>count << 3);
  let from = at;
  let to = other;
  for (let width = 1; width < count; width <<= 1) {
    for (let low = 0; low < count; low += width << 1) merge(from, to, low, min(low + width, count), min(low + (width << 1), count));
    const turned = from;
    from = to;
    to = turned;
  }
  if (from != at) memory.copy(at, from, <usize>count << 3);
}

function merge(from: usize, to: usize, low: i32, middle: i32, high: i32): void {
  let one = low;
  let other = middle;
  for (let at = low; at < high; at++) {
    const first = one < middle ? load<i64>(from + (<usize>one << 3)) : i64.MAX_VALUE;
    const second = other < high ? load<i64>(from + (<usize>other << 3)) : i64.MAX_VALUE;
    const takesFirst = one < middle && (other >= high || first <= second);
    store<i64>(to + (<usize>at << 3), takesFirst ? first : second);
    if (takesFirst) one++;
    else other++;
  }
}

/** How many of `count` sorted numbers at `at` are not larger than `value`. */
export function notLarger(at: usize, count: i32, value: i64): i32 {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (load<i64>(at + (<usize>middle << 3)) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
