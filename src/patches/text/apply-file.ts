/** Owns the applying of one file's difference, text or binary, added, changed or removed. */
import { applyBinary } from "./apply-binary.js";
import { type ApplyOptions, type ApplyResult, applyHunks } from "./apply-hunks.js";
import { type FileDiff, isPlain } from "./file-diff.js";

/** Content null in a result: the file is removed. */
export type ApplyFileResult =
  | { readonly status: "applied"; readonly content: Buffer | null; readonly offsets: readonly number[] }
  | Extract<ApplyResult, { status: "refused" }>;

/**
 * What the difference makes of the file at its old path (of the copy's or rename's source), as `git apply` decides.
 *
 * @param content null when there is no file at the old path or, for an added one, none at the new path
 */
export function applyFileDiff(content: Buffer | null, diff: FileDiff, options: ApplyOptions = {}): ApplyFileResult {
  if (diff.oldPath === null && content !== null) return { status: "refused", hunk: 0, why: "the patch adds a file that is already there" };
  if (content === null && diff.oldPath !== null && !mayAdd(diff))
    return { status: "refused", hunk: 0, why: "the file to change is not there" };
  const before = content ?? Buffer.alloc(0);
  const result = diff.binary === null ? applyHunks(before, diff.hunks, options) : applyBinary(before, diff, options);
  if (result.status === "refused" || diff.newPath !== null) return result;
  if (result.content.length > 0)
    return { status: "refused", hunk: 0, why: "the patch removes the file, which has more lines than the patch knows" };
  return { ...result, content: null };
}

/** A diff that is not git's may add the file without saying so: by one hunk without old lines. */
export function mayAdd(diff: FileDiff): boolean {
  return isPlain(diff) && diff.hunks.length === 1 && diff.hunks[0]?.oldCount === 0;
}
