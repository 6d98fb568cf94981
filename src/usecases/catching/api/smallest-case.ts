/** Owns making a case small: bytes left out and made zero, then each one nearer to zero. */
import { shrink } from "../shrink.js";

/** Bytes that are not there are zeros: those at the end say nothing. */
export async function smallestCase(bytes: Buffer, shows: (smaller: Buffer) => Promise<boolean>, most: number): Promise<Buffer> {
  const { bytes: fewer, tries } = await shrink(bytes, shows, most, "case.bin");
  const budget = { left: Math.max(0, most - tries) };
  let kept: Buffer = fewer;
  for (let at = 0; at < kept.length; at++) kept = await lower(kept, at, shows, budget);
  return kept;
}

async function lower(bytes: Buffer, at: number, shows: (smaller: Buffer) => Promise<boolean>, budget: { left: number }): Promise<Buffer> {
  let kept = bytes;
  // Even steps first: a number and its sign share a byte.
  for (let step = 128; step >= 1 && budget.left > 0;) {
    const value = (kept[at] ?? 0) - step;
    const smaller = Buffer.from(kept);
    smaller[at] = Math.max(0, value);
    budget.left--;
    if (value >= 0 && (await shows(smaller))) kept = smaller;
    else step >>= 1;
  }
  return kept;
}
