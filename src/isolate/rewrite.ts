/** Owns the rewritten bytes of a file: the old bytes with the suffix inserted, all else untouched. */

/** `bytes` with `suffix` inserted at each of the ascending offsets; `bytes` itself when there are none. */
export function insertSuffix(bytes: Buffer, offsets: readonly number[], suffix: Buffer): Buffer {
  if (offsets.length === 0) return bytes;
  const out = Buffer.allocUnsafe(bytes.length + offsets.length * suffix.length);
  let from = 0;
  let to = 0;
  for (const offset of offsets) {
    bytes.copy(out, to, from, offset);
    to += offset - from;
    suffix.copy(out, to);
    to += suffix.length;
    from = offset;
  }
  bytes.copy(out, to, from);
  return out;
}

/** Line of a byte offset, from 1 on. */
export function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let i = 0; i < offset; i++) if (bytes[i] === 10) line++;
  return line;
}
