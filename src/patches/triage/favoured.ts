/**
 * Owns the settling of a file in conflict in favour of the patch: what upstream and the patch both changed is as the patch wants
 * it, everything else is merged. Nobody keeps the outcome; it answers what would be with that conflict out of the way.
 */
import type { ByteString } from "../../git/bytes.js";
import type { BatchConflict } from "../../git/merge-batch.js";
import type { ObjectPool } from "../../git/object-pool.js";
import type { TreeEntry } from "../../git/tree.js";
import { withTheirSide } from "./marked-file.js";

/** Where a file and a folder want one path, git gives the file another name, with the commit it comes from. */
export function plainPath(path: ByteString): ByteString {
  return path.replace(/~[0-9a-f]{40}(?:_\d+)?$/, "");
}

/** `marked`: what the merge made of the file. */
export async function favouredEntry(pool: ObjectPool, conflict: BatchConflict, marked: TreeEntry | null): Promise<TreeEntry | null> {
  const { base, ours, theirs } = conflict;
  if (theirs === null || base === null || ours === null || marked === null) return theirs;
  if (![base, ours, theirs, marked].every(({ mode }) => mode.startsWith("100"))) return theirs;
  const [text, their] = await Promise.all([pool.read(marked.id, "blob"), pool.read(theirs.id, "blob")]);
  const settled = withTheirSide(text.toString("latin1"), their.toString("latin1"));
  if (settled === undefined) return theirs;
  const mode = theirs.mode === base.mode ? ours.mode : theirs.mode;
  return { mode, id: pool.addScratch("blob", Buffer.from(settled, "latin1")) };
}
