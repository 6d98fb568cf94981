/** Owns the exact way back of one file that nobody touched since it was isolated. */
import { createHash } from "node:crypto";

import { decodeUndo } from "../undo-record.js";
import { DIGEST_BYTES, type JournalStep } from "./journal-file.js";
import { undoFile } from "./undo-file.js";

/** The first bytes of the SHA-256, as the journal keeps them. */
export function shortDigest(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest().subarray(0, DIGEST_BYTES);
}

/** Through all steps to the original, or undefined where a digest does not fit: the file was edited since. */
export function originalBytes(bytes: Buffer, steps: readonly JournalStep[], suffix: string): Buffer | undefined {
  let current: Buffer = bytes;
  for (const { sha256, undo } of steps) {
    if (!shortDigest(current).equals(sha256)) return undefined;
    const record = undo === undefined ? undefined : decodeUndo(undo, suffix);
    const before = undo === undefined ? current : record === undefined ? undefined : undoFile(current, record);
    if (before === undefined) return undefined;
    current = before;
  }
  return steps.length === 0 ? undefined : current;
}
