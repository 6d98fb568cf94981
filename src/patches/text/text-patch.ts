/** Owns the value of one patch of a collection, whatever its format was. */
import type { FileDiff } from "./file-diff.js";

export interface Person {
  readonly name: string;
  readonly email: string;
}

/** Field or trailer names, as first spelled, to their values in file order. */
export type Fields = ReadonlyMap<string, readonly string[]>;

/** Subject, body, names and fields are text (Unicode); paths and lines of the diffs are bytes (latin1). */
export interface TextPatch {
  /** Its file's name in the collection, or its number in a mailbox, as in `0003`. */
  readonly name: string;
  readonly subject: string;
  /** The message without its subject, trailers included; no empty lines around it. */
  readonly body: string;
  readonly author: Person | null;
  /** ISO 8601 with zone (`2026-11-29T10:00:00+01:00`), or a day (`2026-11-29`) where the patch tells no more. */
  readonly date: string | null;
  /** Of the body's last paragraph; `(cherry picked from commit …)` is `cherry-picked-from`. */
  readonly trailers: Fields;
  /** Head fields beside author, date, subject: DEP-3's, a mail's. */
  readonly headers: Fields;
  readonly diffs: readonly FileDiff[];
  /** Where the patch starts. */
  readonly source: { readonly file: string; readonly line: number };
  /** A marker that takes an upstream commit's place in a numbered stack, and changes nothing. */
  readonly noOp: boolean;
}
