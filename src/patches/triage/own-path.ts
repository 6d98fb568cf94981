/** Owns the names of a file in conflict: in the patch, and on the old base of the whole stack. */
import type { ByteString } from "../../git/bytes.js";
import type { BatchConflict } from "../../git/merge-batch.js";
import type { TreeReader } from "../../git/tree-draft.js";
import type { StackPatch } from "../stack/stack-patch.js";
import { entryBelow } from "../stack/tree-shape.js";
import { plainPath } from "./favoured.js";

/** The path by which the patch knows it; git tells a file that upstream moved by its new path. */
export function ownPath({ changes }: StackPatch, conflict: BatchConflict): ByteString {
  const path = plainPath(conflict.path);
  if (changes.some((change) => change.path === path)) return path;
  const base = changes.find(({ before }) => before !== null && before.id === conflict.base?.id);
  const theirs = changes.find(({ after }) => after !== null && after.id === conflict.theirs?.id);
  return (base ?? theirs)?.path ?? path;
}

/** The path of that file before the patch, which may move it. */
export function pathBefore(patch: StackPatch, conflict: BatchConflict): ByteString {
  const path = ownPath(patch, conflict);
  const change = patch.changes.find((one) => one.path === path);
  if (change === undefined || change.before !== null || conflict.base === null) return path;
  return patch.changes.find(({ before }) => before !== null && before.id === conflict.base?.id)?.path ?? path;
}

/** Follows a path of one patch back through earlier ones that moved the file. */
export async function pathOnOldBase(
  readTree: TreeReader,
  oldBase: string,
  earlier: readonly StackPatch[],
  path: ByteString,
): Promise<ByteString> {
  let at = path;
  for (const { changes } of earlier.toReversed()) {
    const made = changes.find((change) => change.path === at && change.before === null);
    if (made === undefined) continue;
    if ((await entryBelow(readTree, oldBase, at)) !== undefined) break;
    const gone = changes.filter(({ after }) => after === null);
    const from =
      gone.find(({ before }) => before?.id === made.after?.id) ?? gone.find((one) => fileName(one.path) === fileName(at)) ?? undefined;
    if (from === undefined) break;
    at = from.path;
  }
  return at;
}

export function fileName(path: ByteString): ByteString {
  return path.slice(path.lastIndexOf("/") + 1);
}
