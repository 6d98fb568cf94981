/** Owns the unpacking of Zstandard (RFC 8878): by Node where it can (22.15 and later), else by the package fzstd, which is loaded then. */
import { createRequire } from "node:module";
import * as zlib from "node:zlib";

/** As those of `node:zlib`: throws beyond `maxOutputLength` bytes, and where the data is damaged. */
export type Unpack = (data: Buffer, options: { maxOutputLength: number }) => Buffer;

export const unpackZstd: Unpack = (data, options) => {
  const { zstdDecompressSync = unpackHere } = zlib as { zstdDecompressSync?: Unpack };
  return zstdDecompressSync(data, options);
};

/** Block by block, as what a frame says of its own size need not be true. A frame's checksum is not looked at. */
export const unpackHere: Unpack = (data, { maxOutputLength }) => {
  const { Decompress } = createRequire(import.meta.url)("fzstd") as typeof import("fzstd");
  const pieces: Uint8Array[] = [];
  let length = 0;
  const stream = new Decompress((piece) => {
    length += piece.length;
    if (length > maxOutputLength) throw new RangeError(`more than ${maxOutputLength} bytes come out`);
    pieces.push(piece);
  });
  stream.push(data, true);
  return Buffer.concat(pieces, length);
};
