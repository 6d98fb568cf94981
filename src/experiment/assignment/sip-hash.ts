/** Owns SipHash-2-4 (Aumasson, Bernstein: "SipHash: a fast short-input PRF", 2012) on halves of 32 bits, which numbers hold. */

/** A key of 16 bytes as four words, little-endian. */
export type SipKey = readonly [number, number, number, number];

/** Reads the first 16 bytes. */
export function sipKey(bytes: Uint8Array): SipKey {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [view.getInt32(0, true), view.getInt32(4, true), view.getInt32(8, true), view.getInt32(12, true)];
}

/** The key that 32 hexadecimal digits spell. */
export function sipKeyOfHex(hex: string): SipKey {
  return sipKey(Buffer.from(hex, "hex"));
}

/** The last hash: its upper and its lower half, each 0 … 2^32 − 1. One place, as a value per call would cost more than the hash. */
export const lastHash = { high: 0, low: 0 };

/** Hashes the first `length` bytes into `lastHash`. All sums and rotations of 64 bits are made of two words each. */
export function sipHash(key: SipKey, bytes: Uint8Array, length = bytes.length): void {
  let al = key[0] ^ 0x70736575;
  let ah = key[1] ^ 0x736f6d65;
  let bl = key[2] ^ 0x6e646f6d;
  let bh = key[3] ^ 0x646f7261;
  let cl = key[0] ^ 0x6e657261;
  let ch = key[1] ^ 0x6c796765;
  let dl = key[2] ^ 0x79746573;
  let dh = key[3] ^ 0x74656462;
  let ml = 0;
  let mh = 0;
  let t = 0;
  const wordRounds = ((length >>> 3) + 1) * 2;
  for (let round = 0; round < wordRounds + 4; round += 1) {
    if (round < wordRounds && (round & 1) === 0) {
      const at = round << 2;
      ml = wordAt(bytes, at, length);
      mh = wordAt(bytes, at + 4, length) | (round === wordRounds - 2 ? length << 24 : 0);
      dl ^= ml;
      dh ^= mh;
    }
    // a += b; b = rotl(b, 13) ^ a; a = rotl(a, 32)
    t = al;
    al = (al + bl) | 0;
    ah = (ah + bh + (al >>> 0 < t >>> 0 ? 1 : 0)) | 0;
    t = bl;
    bl = ((bl << 13) | (bh >>> 19)) ^ al;
    bh = ((bh << 13) | (t >>> 19)) ^ ah;
    t = al;
    al = ah;
    ah = t;
    // c += d; d = rotl(d, 16) ^ c
    t = cl;
    cl = (cl + dl) | 0;
    ch = (ch + dh + (cl >>> 0 < t >>> 0 ? 1 : 0)) | 0;
    t = dl;
    dl = ((dl << 16) | (dh >>> 16)) ^ cl;
    dh = ((dh << 16) | (t >>> 16)) ^ ch;
    // a += d; d = rotl(d, 21) ^ a
    t = al;
    al = (al + dl) | 0;
    ah = (ah + dh + (al >>> 0 < t >>> 0 ? 1 : 0)) | 0;
    t = dl;
    dl = ((dl << 21) | (dh >>> 11)) ^ al;
    dh = ((dh << 21) | (t >>> 11)) ^ ah;
    // c += b; b = rotl(b, 17) ^ c; c = rotl(c, 32)
    t = cl;
    cl = (cl + bl) | 0;
    ch = (ch + bh + (cl >>> 0 < t >>> 0 ? 1 : 0)) | 0;
    t = bl;
    bl = ((bl << 17) | (bh >>> 15)) ^ cl;
    bh = ((bh << 17) | (t >>> 15)) ^ ch;
    t = cl;
    cl = ch;
    ch = t;
    if (round < wordRounds && (round & 1) === 1) {
      al ^= ml;
      ah ^= mh;
      if (round === wordRounds - 1) cl ^= 0xff;
    }
  }
  lastHash.high = (ah ^ bh ^ ch ^ dh) >>> 0;
  lastHash.low = (al ^ bl ^ cl ^ dl) >>> 0;
}

/** Four bytes, little-endian; those behind the end are 0. */
function wordAt(bytes: Uint8Array, at: number, length: number): number {
  if (at + 4 <= length)
    return (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24);
  let word = 0;
  for (let index = at; index < length; index += 1) word |= (bytes[index] as number) << ((index - at) << 3);
  return word;
}
