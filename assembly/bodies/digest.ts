/** Owns the digest of bytes; src/objects/digest.ts says what it is. */

const C1: u32 = 0x239b961b;
const C2: u32 = 0xab0e9789;
const C3: u32 = 0x38b34ae5;
const C4: u32 = 0xa1e38b93;

/** Sixteen bytes at `to`, over so many blocks of sixteen bytes at `at`. */
export function digestInto(to: usize, at: usize, blocks: u32, length: u32): void {
  let h1: u32 = 0;
  let h2: u32 = 0;
  let h3: u32 = 0;
  let h4: u32 = 0;
  for (const end = at + (<usize>blocks << 4); at < end; at += 16) {
    h1 ^= rotl(load<u32>(at) * C1, 15) * C2;
    h1 = (rotl(h1, 19) + h2) * 5 + 0x561ccd1b;
    h2 ^= rotl(load<u32>(at, 4) * C2, 16) * C3;
    h2 = (rotl(h2, 17) + h3) * 5 + 0x0bcaa747;
    h3 ^= rotl(load<u32>(at, 8) * C3, 17) * C4;
    h3 = (rotl(h3, 15) + h4) * 5 + 0x96cd1c35;
    h4 ^= rotl(load<u32>(at, 12) * C4, 18) * C1;
    h4 = (rotl(h4, 13) + h1) * 5 + 0x32ac3b17;
  }
  h1 ^= length;
  h2 ^= length;
  h3 ^= length;
  h4 ^= length;
  const all = h1 + h2 + h3 + h4;
  h1 = mixed(all);
  h2 = mixed(h2 + all);
  h3 = mixed(h3 + all);
  h4 = mixed(h4 + all);
  const sum = h1 + h2 + h3 + h4;
  store<u32>(to, sum);
  store<u32>(to, h2 + sum, 4);
  store<u32>(to, h3 + sum, 8);
  store<u32>(to, h4 + sum, 12);
}

@inline
function mixed(word: u32): u32 {
  let hash = word;
  hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
  hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
  return hash ^ (hash >>> 16);
}
