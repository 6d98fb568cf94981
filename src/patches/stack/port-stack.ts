/** Owns the porting of a stack of patches from its old base onto a new one, in memory: no work tree, no index, no ref. */
import { shownBytes } from "../../git/bytes.js";
import { type Merger, openMerger } from "../../git/merge-batch.js";
import type { ObjectPool } from "../../git/object-pool.js";
import { type TreeReader, treeReader } from "../../git/tree-draft.js";
import type { GitVersion } from "../../git/version.js";
import { mergeTreeStays } from "../../git/version.js";
import type { PatchOutcome } from "../../model/patch.js";
import { placeStack } from "./place-stack.js";
import type { Placement } from "./placement.js";
import { type StackPatch, readStack } from "./stack-patch.js";
import { type Onto, writeStack } from "./write-stack.js";

export interface StackPort {
  readonly pool: ObjectPool;
  readonly version: GitVersion;
  /** Commits of the stack, oldest first. */
  readonly commits: readonly string[];
  readonly onto: Onto;
}

export interface PortedStack {
  readonly patches: readonly PatchOutcome[];
  readonly tip: string;
  readonly tree: string;
}

/** What every step of a port works with. */
export interface PortContext {
  readonly pool: ObjectPool;
  readonly merger: Merger;
  readonly readTree: TreeReader;
}

/** Ports the stack; its objects are in the pool, not yet in the repository. */
export async function portStack({ pool, version, commits, onto }: StackPort): Promise<PortedStack> {
  const readTree = treeReader(pool);
  const merger = openMerger(pool.repository, mergeTreeStays(version));
  try {
    const patches = await readStack(pool, readTree, commits);
    const placements = await placeStack({ pool, merger, readTree, settle: leave }, patches, onto.tree);
    const written = await writeStack(pool, readTree, patches, placements, onto);
    const outcomes = patches.map((patch, at) => outcomeOf(patch, placements[at] as Placement, written.commits[at] ?? null));
    return { patches: outcomes, tip: written.tip, tree: written.tree };
  } finally {
    await merger.close();
  }
}

function outcomeOf(patch: StackPatch, placement: Placement, commit: string | null): PatchOutcome {
  const blank = { patch: patch.commit, subject: patch.subject, commit, culprits: [], evidence: [], root: null };
  if (placement.status === "conflict") {
    return {
      ...blank,
      status: "conflict",
      files: placement.conflicts.map(({ path }) => shownBytes(path)),
      evidence: placement.messages.map(shownBytes),
    };
  }
  const files = (placement.changes.size > 0 ? [...placement.changes.keys()] : patch.changes.map(({ path }) => path)).map(shownBytes);
  if (placement.changes.size === 0) return { ...blank, status: "empty", files };
  return { ...blank, status: placement.way === "exact" ? "clean" : "auto", files };
}

function leave(_patch: StackPatch, placement: Placement): Promise<Placement> {
  return Promise.resolve(placement);
}
