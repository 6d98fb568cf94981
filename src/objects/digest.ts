/**
 * Owns the digest of bytes by which bodies are compared: 128 bits, mixed as MurmurHash3 does it (x86, 128 bit). A call of a
 * cryptographic hash costs more than all else that is done for the body of an inline function; nobody is to be fooled here.
 */

const [C1, C2, C3, C4] = [0x239b_961b, 0xab0e_9789, 0x38b3_4ae5, 0xa1e3_8b93];

function turned(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** What each block of 16 bytes does to the four numbers is told by the block alone, so the lanes of short bodies stay apart as well. */
export function digestOf(words: Int32Array, blocks: number, length: number): string {
  let [h1, h2, h3, h4] = [0, 0, 0, 0];
  for (let at = 0; at < blocks * 4; at += 4) {
    h1 ^= Math.imul(turned(Math.imul(words[at] ?? 0, C1), 15), C2);
    h1 = (Math.imul(turned(h1, 19) + h2, 5) + 0x561c_cd1b) | 0;
    h2 ^= Math.imul(turned(Math.imul(words[at + 1] ?? 0, C2), 16), C3);
    h2 = (Math.imul(turned(h2, 17) + h3, 5) + 0x0bca_a747) | 0;
    h3 ^= Math.imul(turned(Math.imul(words[at + 2] ?? 0, C3), 17), C4);
    h3 = (Math.imul(turned(h3, 15) + h4, 5) + 0x96cd_1c35) | 0;
    h4 ^= Math.imul(turned(Math.imul(words[at + 3] ?? 0, C4), 18), C1);
    h4 = (Math.imul(turned(h4, 13) + h1, 5) + 0x32ac_3b17) | 0;
  }
  return text(length, h1, h2, h3, h4);
}

/** The length goes in, the numbers are mixed with each other, and each is mixed in itself. */
function text(length: number, one: number, two: number, three: number, four: number): string {
  const all = (one ^ length) + (two ^ length) + (three ^ length) + (four ^ length);
  const h1 = mixed(all);
  const h2 = mixed(((two ^ length) + all) | 0);
  const h3 = mixed(((three ^ length) + all) | 0);
  const h4 = mixed(((four ^ length) + all) | 0);
  const sum = (h1 + h2 + h3 + h4) | 0;
  return characters(sum) + characters(h2 + sum) + characters(h3 + sum) + characters(h4 + sum);
}

function mixed(word: number): number {
  let hash = word;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return hash ^ (hash >>> 16);
}

/** Four bytes as two characters. */
function characters(word: number): string {
  return String.fromCharCode(word & 0xffff, (word >>> 16) & 0xffff);
}
