/** Owns the bits of a compressed stream, the lowest of each byte first (RFC 1951, section 3.1.1). */

let at: usize = 0;
let end: usize = 0;
let held: u64 = 0;
let count: u32 = 0;
/** Bytes that were asked for behind the end. */
let missing: u32 = 0;

export function startBits(from: usize, to: usize): void {
  at = from;
  end = to;
  held = 0;
  count = 0;
  missing = 0;
}

/** At least 32 bits are held afterwards; behind the end there are zeros. */
// @ts-ignore: decorator
@inline
export function fill(): void {
  while (count <= 48) {
    if (at < end) held |= (<u64>load<u8>(at++)) << count;
    else missing++;
    count += 8;
  }
}

// @ts-ignore: decorator
@inline
export function peek(bits: u32): u32 {
  return <u32>held & ((1 << bits) - 1);
}

// @ts-ignore: decorator
@inline
export function skip(bits: u32): void {
  held >>= bits;
  count -= bits;
}

/** Up to 32 bits, of those that are held. */
// @ts-ignore: decorator
@inline
export function take(bits: u32): u32 {
  const value = <u32>(held & ((<u64>1 << bits) - 1));
  skip(bits);
  return value;
}

/** Goes on at the next byte. */
export function align(): void {
  skip(count & 7);
}

/** Whether bits were used that were not there. */
export function isOver(): bool {
  return missing * 8 > count;
}

/** Copies whole bytes out of the stream, which is aligned; false when they are not all there. */
export function copyOut(to: usize, size: u32): bool {
  let left = size;
  while (count > 0 && left > 0) {
    store<u8>(to++, <u8>take(8));
    left--;
  }
  if (isOver() || <usize>left > end - at) return false;
  memory.copy(to, at, left);
  at += left;
  return true;
}
