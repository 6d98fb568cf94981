/** Owns randomness: unguessable ids for temporary names, seeded streams for everything else. */
import { randomBytes } from "node:crypto";

/** 12 hexadecimal digits, for names of temporary files and locks. */
export function randomId(): string {
  return randomBytes(6).toString("hex");
}

/** So many unguessable bytes: keys, secrets, salts. */
export function secretBytes(count: number): Buffer {
  return randomBytes(count);
}

/** A number in [0, 1) that nobody can repeat: spreads in time what many would do at once. */
export function unseededFraction(): number {
  return randomBytes(4).readUInt32BE() / 4294967296;
}

/**
 * A seeded stream of numbers in [0, 1): mulberry32 by Tommy Ettinger (public domain algorithm),
 * 32 bits of state, period 2^32.
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
