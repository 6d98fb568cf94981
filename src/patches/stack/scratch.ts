/** Owns the commits that exist only to be merged: a base, and two children of it. */
import { SIGNATURE } from "../../git/commit.js";
import type { MergePair } from "../../git/merge-batch.js";
import type { ObjectPool } from "../../git/object-pool.js";
import { formatTree } from "../../git/tree.js";

/** Three trees as commits whose merge base is the first. Null: the empty tree. */
export function mergeable(pool: ObjectPool, trees: { base: string | null; ours: string; theirs: string }): MergePair {
  const base = scratchCommit(pool, trees.base ?? pool.addScratch("tree", formatTree(new Map())), []);
  return { ours: scratchCommit(pool, trees.ours, [base]), theirs: scratchCommit(pool, trees.theirs, [base]) };
}

function scratchCommit(pool: ObjectPool, tree: string, parents: readonly string[]): string {
  const head = [`tree ${tree}`, ...parents.map((parent) => `parent ${parent}`), `author ${SIGNATURE}`, `committer ${SIGNATURE}`];
  return pool.addScratch("commit", Buffer.from(`${head.join("\n")}\n\nTo be merged\n`));
}
