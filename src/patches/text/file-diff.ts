/** Owns the value of one file's difference as a patch tells it. Paths and lines are byte strings: latin1, one character per byte. */

export interface FileDiff {
  /** Null when the file is added. */
  readonly oldPath: string | null;
  /** Null when the file is removed. */
  readonly newPath: string | null;
  /** As git writes them: `100644`, `100755`, `120000`, `160000`; null where the patch does not tell. */
  readonly oldMode: string | null;
  readonly newMode: string | null;
  /** Object ids of the `index` line, as long as the patch gives them; all zeros for a side that is not there. */
  readonly oldId: string | null;
  readonly newId: string | null;
  readonly rename: boolean;
  readonly copy: boolean;
  /** Percent of a rename's or copy's `similarity index` line. */
  readonly similarity?: number;
  readonly hunks: readonly DiffHunk[];
  readonly binary: BinaryDiff | null;
  /** Line of the patch's file where this difference starts. */
  readonly line: number;
}

export interface DiffHunk {
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
  /** ` `, `-` or `+`, then the line without its newline. */
  readonly lines: readonly string[];
  /** The last old line, or new line, has no newline at its end. */
  readonly oldUnterminated: boolean;
  readonly newUnterminated: boolean;
  /** What stands behind the second `@@`, with its leading space: git puts the function's head there. */
  readonly section?: string;
}

export interface BinaryDiff {
  /** Null when the patch says only that binary files differ. */
  readonly forward: BinaryPart | null;
  /** The way back. */
  readonly reverse: BinaryPart | null;
}

export interface BinaryPart {
  /** `literal`: the content itself; `delta`: git's copy and insert instructions on the other side's content. */
  readonly method: "literal" | "delta";
  readonly data: Buffer;
  /** As the patch holds it (zlib), so that it can be written again byte for byte; null when made by us. */
  readonly deflated: Buffer | null;
}

/** Where a patch's text comes from: a file's name, and the line of it where the text starts (default 1). */
export type DiffSource = string | { readonly file: string; readonly line: number };

/** A diff without git's own head lines: such a patch does not say whether an empty old side means a file that is not there. */
export function isPlain(diff: FileDiff): boolean {
  return diff.oldMode === null && diff.newMode === null && diff.oldId === null && diff.newId === null && !diff.rename && !diff.copy;
}

/** The path to name the file by. */
export function pathOf(diff: Pick<FileDiff, "oldPath" | "newPath">): string {
  return diff.newPath ?? diff.oldPath ?? "";
}
