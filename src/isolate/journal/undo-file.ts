/** Owns the way back of one untouched file: from its bytes and a record to the bytes before. */
import { crc32 } from "node:zlib";

import { undoReplacements } from "../replace-spans.js";
import type { Undo } from "../undo-record.js";

/** The bytes before, or undefined when the record does not fit these bytes. */
export function undoFile(bytes: Buffer, undo: Undo): Buffer | undefined {
  const inserted = undo.layers.reduceRight((later, layer) => undoReplacements(later, layer), bytes);
  const original = withoutInsertions(inserted, undo.insertions);
  return original !== undefined && crc32(original) === undo.crc ? original : undefined;
}

function withoutInsertions(bytes: Buffer, insertions: Undo["insertions"]): Buffer | undefined {
  const out = Buffer.allocUnsafe(bytes.length);
  let [from, to, original] = [0, 0, 0];
  for (const { offset, text } of insertions) {
    const kept = offset - original;
    if (bytes.toString("latin1", from + kept, from + kept + text.length) !== text) return undefined;
    to += bytes.copy(out, to, from, from + kept);
    from += kept + text.length;
    original = offset;
  }
  to += bytes.copy(out, to, from);
  return out.subarray(0, to);
}
