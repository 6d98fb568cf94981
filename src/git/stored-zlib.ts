/** Owns zlib streams without compression (RFC 1950 and 1951, stored blocks), for what is read once and thrown away. */

const MOST = 65_535;

/** The data as a zlib stream; many times faster for small data than a compressor that has to be set up. */
export function storedZlib(data: Uint8Array): Buffer {
  const blocks = Math.max(1, Math.ceil(data.length / MOST));
  const out = Buffer.allocUnsafe(2 + blocks * 5 + data.length + 4);
  out.writeUInt16BE(0x7801, 0);
  let at = 2;
  for (let block = 0; block < blocks; block++) {
    const part = data.subarray(block * MOST, (block + 1) * MOST);
    out.writeUInt8(block === blocks - 1 ? 1 : 0, at);
    out.writeUInt16LE(part.length, at + 1);
    out.writeUInt16LE(~part.length & 0xffff, at + 3);
    out.set(part, at + 5);
    at += 5 + part.length;
  }
  out.writeUInt32BE(adler32(data), at);
  return out;
}

/** RFC 1950, section 8.2; sums stay below 2^32 for 3,800 bytes at a time. */
function adler32(data: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let from = 0; from < data.length; from += 3800) {
    const to = Math.min(from + 3800, data.length);
    for (let at = from; at < to; at++) {
      a += data[at] ?? 0;
      b += a;
    }
    a %= 65_521;
    b %= 65_521;
  }
  return ((b << 16) | a) >>> 0;
}
