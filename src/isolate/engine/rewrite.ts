/** Owns the rewritten bytes of a file: the old bytes with the suffix inserted, all else untouched. */

/** Writes `bytes` with `suffix` inserted at each of the ascending offsets into `out`, which must be large enough; gives `out`. */
export function insertSuffix(bytes: Buffer, offsets: readonly number[], suffix: Buffer, out: Buffer): Buffer {
  let from = 0;
  let to = 0;
  for (const offset of offsets) {
    out.set(bytes.subarray(from, offset), to);
    to += offset - from;
    out.set(suffix, to);
    to += suffix.length;
    from = offset;
  }
  out.set(bytes.subarray(from), to);
  return out;
}

/** Writes `bytes` with each text inserted at its offset (ascending) into `out`, which must be large enough; gives `out`. */
export function insertTexts(bytes: Buffer, insertions: readonly { readonly offset: number; readonly text: string }[], out: Buffer): Buffer {
  let from = 0;
  let to = 0;
  for (const { offset, text } of insertions) {
    to += bytes.copy(out, to, from, offset);
    to += out.write(text, to, "latin1");
    from = offset;
  }
  bytes.copy(out, to, from);
  return out;
}

/** Where the last question about lines stopped: a text is mostly asked in ascending order, and may be very long. */
let last: { readonly bytes: Uint8Array; readonly offset: number; readonly line: number } | undefined;

/** Line of a byte offset, from 1 on. */
export function lineAt(bytes: Uint8Array, offset: number): number {
  const known = last?.bytes === bytes && last.offset <= offset ? last : { bytes, offset: 0, line: 1 };
  let line = known.line;
  for (let i = known.offset; i < offset; i++) if (bytes[i] === 10) line++;
  last = { bytes, offset, line };
  return line;
}
