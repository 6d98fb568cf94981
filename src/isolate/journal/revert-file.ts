/** Owns the way back of one file, untouched or edited since. */
import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

import { decodeUndo, type Undo } from "../undo-record.js";
import { languageOf } from "../code-files.js";
import { takeBack } from "./find-again.js";
import { DIGEST_BYTES, type Journal, type JournalStep } from "./journal-file.js";
import { createUnflavor, type Unflavored, unflavorWords } from "./un-flavor.js";
import { undoFile } from "./undo-file.js";

/** What became of a file. `exact`: the original bytes; `edited`: edited since isolation, and un-flavored. */
export interface RevertedFile {
  readonly status: "exact" | "edited";
  readonly bytes: Buffer;
  /** Names that lost the flavor, where it was edited. */
  readonly names: number;
  /** What still bears the flavor. */
  readonly left: Unflavored["left"];
  /** Replaced bytes and inserted texts that were not found again. */
  readonly missing: number;
}

/** `steps` of the journal's entry, or none for a file that is new since. */
export type RevertFile = (path: string, bytes: Buffer, steps: readonly JournalStep[]) => RevertedFile;

/** The first bytes of the SHA-256, as the journal keeps them. */
export function shortDigest(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest().subarray(0, DIGEST_BYTES);
}

export function createRevertFile({ names, flavor }: Journal): RevertFile {
  const suffix = `_${flavor}`;
  const renamed = new Set(names);
  const unflavor = createUnflavor(renamed, suffix);
  function edited(path: string, bytes: Buffer, steps: readonly JournalStep[]): RevertedFile {
    const undos = undosOf(steps, suffix);
    if (undos.length > 0 && crc32(bytes) === undos.at(-1)?.crc) return { status: "exact", bytes, names: 0, left: [], missing: 0 };
    const language = languageOf(path);
    let missing = 0;
    let [current, count, left] = [bytes, 0, [] as Unflavored["left"]];
    for (const undo of undos) {
      const before = undo.layers.toReversed().reduce((text, layer) => {
        const taken = takeBack(text, layer);
        missing += taken.missing.length;
        return taken.bytes;
      }, current);
      const plain = language === undefined ? unflavorWords(before, renamed, suffix) : unflavor(before, language);
      const extra = undo.insertions.flatMap(({ text, around }) =>
        around === undefined ? [] : [{ text: Buffer.from(text, "latin1"), original: Buffer.alloc(0), around }],
      );
      const taken = takeBack(plain.bytes, extra);
      missing += taken.missing.length;
      [current, count, left] = [taken.bytes, count + plain.names, plain.left];
    }
    if (undos.length > 0 || language === undefined) return { status: "edited", bytes: current, names: count, left, missing };
    const plain = unflavor(bytes, language);
    return { status: "edited", bytes: plain.bytes, names: plain.names, left: plain.left, missing };
  }
  return (path, bytes, steps) => {
    const exact = exactly(bytes, steps, suffix);
    return exact === undefined ? edited(path, bytes, steps) : { status: "exact", bytes: exact, names: 0, left: [], missing: 0 };
  };
}

/** Through all steps to the original, or undefined where a digest does not fit. */
function exactly(bytes: Buffer, steps: readonly JournalStep[], suffix: string): Buffer | undefined {
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

function undosOf(steps: readonly JournalStep[], suffix: string): Undo[] {
  return steps.flatMap(({ undo }) => (undo === undefined ? [] : (decodeUndo(undo, suffix) ?? [])));
}
