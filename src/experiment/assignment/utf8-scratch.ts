/** Owns the bytes of a short text without a new array per text. */

let scratch = new Uint8Array(512);
const encoder = new TextEncoder();

/** The scratch bytes that `encodeInto` wrote to; good until its next call. */
export function scratchBytes(): Uint8Array {
  return scratch;
}

/** Writes the text as UTF-8 from byte `at` on, and tells where it ends. What lies before `at` is kept. */
export function encodeInto(text: string, at = 0): number {
  const most = at + text.length * 3;
  if (most > scratch.length) grow(most);
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) return at + index + encoder.encodeInto(text.slice(index), scratch.subarray(at + index)).written;
    scratch[at + index] = unit;
  }
  return at + text.length;
}

function grow(size: number): void {
  const larger = new Uint8Array(size * 2);
  larger.set(scratch);
  scratch = larger;
}
