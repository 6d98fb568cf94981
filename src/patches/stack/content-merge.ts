/**
 * Owns the merging of files that stand at their old path on both sides: trees of just these files are merged, which is the
 * same answer as merging whole trees (nothing was moved), and takes no time that grows with the tree.
 */
import type { ByteString } from "../../git/bytes.js";
import type { BatchMerge, MergePair } from "../../git/merge-batch.js";
import type { ObjectPool } from "../../git/object-pool.js";
import type { TreeReader } from "../../git/tree-draft.js";
import { type TreeEntry, formatTree } from "../../git/tree.js";
import type { Placement } from "./placement.js";
import { mergeable } from "./scratch.js";

/** A file on three sides. */
export interface ThreeSides {
  readonly path: ByteString;
  readonly base: TreeEntry;
  readonly ours: TreeEntry;
  readonly theirs: TreeEntry;
}

/** A patch's files that need a merge, and what is settled of it already. */
export interface ContentMerge {
  readonly files: readonly ThreeSides[];
  readonly settled: ReadonlyMap<ByteString, TreeEntry | null>;
}

const FILE = /^100(?:644|755)$/;

/** Only files can be merged by content; links, submodules and folders go the long way. */
export function isFile(side: TreeEntry | null): side is TreeEntry {
  return side !== null && FILE.test(side.mode);
}

export function contentPair(pool: ObjectPool, { files }: ContentMerge): MergePair {
  const side = (of: (file: ThreeSides) => TreeEntry) =>
    pool.addScratch("tree", formatTree(new Map(files.map((file, at) => [nameOf(file, at), of(file)]))));
  return mergeable(pool, { base: side((file) => file.base), ours: side((file) => file.ours), theirs: side((file) => file.theirs) });
}

/** Its own name behind a number: a file name that settings of the repository speak of (`*.po`) keeps its meaning. */
function nameOf({ path }: ThreeSides, at: number): ByteString {
  return `${at}-${path.slice(path.lastIndexOf("/") + 1)}`;
}

export async function contentPlacement(readTree: TreeReader, merge: ContentMerge, result: BatchMerge): Promise<Placement> {
  const { files, settled } = merge;
  const pathOf = new Map(files.map((file, at) => [nameOf(file, at), file.path]));
  const conflicts = result.conflicts.map((conflict) => ({ ...conflict, path: pathOf.get(conflict.path) ?? conflict.path }));
  const open = new Set(conflicts.map(({ path }) => path));
  const merged = await readTree(result.tree);
  const changes = new Map<ByteString, TreeEntry | null>(settled);
  for (const [at, file] of files.entries()) {
    const entry = merged.get(nameOf(file, at)) ?? null;
    if (!open.has(file.path) && (entry?.id !== file.ours.id || entry.mode !== file.ours.mode)) changes.set(file.path, entry);
  }
  if (result.clean) return { status: "placed", way: "merged", changes, moved: new Map() };
  const messages = conflicts.map(({ path }) => `CONFLICT (content): Merge conflict in ${path}`);
  return { status: "conflict", way: "merged", conflicts, rest: changes, messages };
}
