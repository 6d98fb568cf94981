/** Owns the bucket of a unit: a number from 0 to 999,999 that is the same on every device and in every client. */
import { BUCKETS } from "../../model/seed.js";
import { type SipKey, lastHash, sipHash } from "./sip-hash.js";
import { encodeInto, scratchBytes } from "./utf8-scratch.js";

const HALF = 2 ** 32;

/** floor(SipHash-2-4(salt, UTF-8 of the unit's id) × 1,000,000 / 2^64); every step is exact in a double. */
export function bucketOf(salt: SipKey, unit: string): number {
  const length = encodeInto(unit);
  sipHash(salt, scratchBytes(), length);
  return Math.floor((lastHash.high * BUCKETS + Math.floor((lastHash.low * BUCKETS) / HALF)) / HALF);
}
