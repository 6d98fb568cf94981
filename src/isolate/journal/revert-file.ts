/** Owns the way back of one file, untouched or edited since. */
import { crc32 } from "node:zlib";

import { decodeUndo, type Undo } from "../undo-record.js";
import { languageIn } from "../code-files.js";
import { takeBack } from "./find-again.js";
import type { Journal, JournalStep } from "./journal-file.js";
import { createUnflavor, type Unflavored, unflavorWords } from "./un-flavor.js";
import { originalBytes } from "./original-bytes.js";

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

export function createRevertFile({ names, flavor }: Journal): RevertFile {
  const suffix = `_${flavor}`;
  const renamed = new Set(names);
  const unflavor = createUnflavor(renamed, suffix);
  function edited(path: string, bytes: Buffer, steps: readonly JournalStep[]): RevertedFile {
    const undos = undosOf(steps, suffix);
    if (undos.length > 0 && crc32(bytes) === undos.at(-1)?.crc) return { status: "exact", bytes, names: 0, left: [], missing: 0 };
    const language = languageIn(path, bytes);
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
    const exact = originalBytes(bytes, steps, suffix);
    return exact === undefined ? edited(path, bytes, steps) : { status: "exact", bytes: exact, names: 0, left: [], missing: 0 };
  };
}

function undosOf(steps: readonly JournalStep[], suffix: string): Undo[] {
  return steps.flatMap(({ undo }) => (undo === undefined ? [] : (decodeUndo(undo, suffix) ?? [])));
}
