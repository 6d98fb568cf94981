/** Owns the commits of a ported stack: author, message and dates as they were, a new tree, a new parent. */
import type { ObjectPool } from "../../git/object-pool.js";
import { formatRawCommit } from "../../git/raw-commit.js";
import { type DraftChanges, type TreeReader, openDraft } from "../../git/tree-draft.js";
import type { Placement } from "./placement.js";
import type { PlacedByMerge } from "./plain.js";
import type { StackPatch } from "./stack-patch.js";

export interface WrittenStack {
  /** Per patch its new commit, or null where it was left out. */
  readonly commits: readonly (string | null)[];
  readonly tip: string;
  readonly tree: string;
  /** Those that were placed by a merge. */
  readonly merged: readonly PlacedByMerge[];
}

/** Where a stack starts. */
export interface Onto {
  readonly commit: string;
  readonly tree: string;
}

/**
 * Writes the patches that are placed, in order. As with `git rebase`, a patch of which nothing is left is dropped, one that was
 * empty from the start stays. The committer stays too, so that the same inputs give the same commits.
 */
export async function writeStack(
  pool: ObjectPool,
  readTree: TreeReader,
  patches: readonly StackPatch[],
  placements: readonly Placement[],
  onto: Onto,
): Promise<WrittenStack> {
  const draft = openDraft({ readTree, add: pool.add }, onto.tree);
  const commits: (string | null)[] = [];
  const merged: PlacedByMerge[] = [];
  let tip = onto.commit;
  for (const [at, patch] of patches.entries()) {
    const placement = placements[at];
    const stays = placement?.status === "placed" && (placement.changes.size > 0 || patch.changes.length === 0);
    commits.push(null);
    if (!stays) continue;
    if (placement.way !== "exact") {
      const heads = await Promise.all(patch.changes.map(async ({ path }) => [path, await draft.entry(path)] as const));
      merged.push({ patch, heads: new Map(heads), changes: placement.changes, plain: placement.plain === true });
      await keepBlobs(pool, placement.changes);
    }
    await draft.apply(placement.changes);
    tip = pool.add("commit", formatRawCommit({ ...patch.raw, tree: draft.write(), parents: [tip] }));
    commits[at] = tip;
  }
  return { commits, tip, tree: draft.write(), merged };
}

/** Merged contents exist only apart from the repository. */
export async function keepBlobs(pool: ObjectPool, changes: DraftChanges): Promise<void> {
  const blobs = [...changes.values()].flatMap((entry) => (entry === null || entry.mode === SUBMODULE ? [] : [entry.id]));
  await Promise.all(blobs.map(async (id) => pool.add("blob", await pool.read(id, "blob"))));
}

const SUBMODULE = "160000";
