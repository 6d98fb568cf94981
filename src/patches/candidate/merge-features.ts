/**
 * Owns the merging of features into a release candidate: one merge commit per feature, in the order given. Each is placed on
 * what was merged before it as a patch is placed on a new base, so that no work tree and hardly a process is needed.
 */
import { shownBytes } from "../../git/bytes.js";
import { SIGNATURE } from "../../git/commit.js";
import type { ObjectPool } from "../../git/object-pool.js";
import { formatRawCommit } from "../../git/raw-commit.js";
import { type TreeReader, openDraft } from "../../git/tree-draft.js";
import { placeStack } from "../stack/place-stack.js";
import type { Placement } from "../stack/placement.js";
import { type PortContext, openContext } from "../stack/port-context.js";
import { asPatch } from "../stack/stack-patch.js";
import { keepBlobs, type Onto } from "../stack/write-stack.js";
import { clashesWith } from "./clashes-with.js";

/** A feature on the release, as a branch. */
export interface FeatureBranch {
  readonly name: string;
  readonly owner: string;
  readonly commit: string;
  readonly tree: string;
  /** Tree of the commit that it starts from: the base, or what it builds on. */
  readonly startTree: string;
}

/** Two features that cannot both be merged as they are. */
export interface FeatureClash {
  readonly feature: Pick<FeatureBranch, "name" | "owner">;
  /** Those merged before it that change the same places; all that touch the files where no single one is to blame. */
  readonly others: readonly Pick<FeatureBranch, "name" | "owner">[];
  readonly files: readonly string[];
}

export interface CandidateMerge {
  readonly commit: string;
  readonly tree: string;
  /** Names in the order of their merges. */
  readonly merged: readonly string[];
  readonly clashes: readonly FeatureClash[];
}

export interface CandidateRequest {
  readonly pool: ObjectPool;
  readonly release: string;
  readonly base: Onto;
  /** In the order of their merges. */
  readonly features: readonly FeatureBranch[];
  /** What the messages call it; default `r<release>`. */
  readonly into?: string;
}

export async function mergeFeatures(request: CandidateRequest): Promise<CandidateMerge> {
  const { pool, features, base } = request;
  const context = openContext(pool);
  const { readTree } = context;
  try {
    const patches = await Promise.all(features.map((feature) => asPatch(readTree, feature)));
    const placements = await placeStack(context, patches, base.tree);
    const written = await writeMerges(request, readTree, placements);
    const clashes = await clashesOf(context, request, placements);
    return { ...written, clashes };
  } finally {
    await context.merger.close();
  }
}

async function writeMerges(
  { pool, release, base, features, into = `r${release}` }: CandidateRequest,
  readTree: TreeReader,
  placements: readonly Placement[],
) {
  const draft = openDraft({ readTree, add: pool.add }, base.tree);
  const merged: string[] = [];
  let { commit } = base;
  for (const [at, feature] of features.entries()) {
    const placement = placements[at];
    if (placement?.status !== "placed") continue;
    if (placement.way !== "exact") await keepBlobs(pool, placement.changes);
    await draft.apply(placement.changes);
    const message = `Merge ${feature.name} into ${into}\n\nFeature: ${feature.name}\nOwner: ${feature.owner}\nRelease: ${release}\n`;
    const parents = [commit, feature.commit];
    const raw = {
      tree: draft.write(),
      parents,
      author: SIGNATURE,
      committer: SIGNATURE,
      encoding: null,
      message: Buffer.from(message).toString("latin1"),
    };
    commit = pool.add("commit", formatRawCommit(raw));
    merged.push(feature.name);
  }
  return { commit, tree: draft.write(), merged };
}

async function clashesOf(
  tools: PortContext,
  { features, base }: CandidateRequest,
  placements: readonly Placement[],
): Promise<FeatureClash[]> {
  const clashes: FeatureClash[] = [];
  for (const [at, feature] of features.entries()) {
    const placement = placements[at];
    if (placement?.status !== "conflict") continue;
    const before = features.filter((_, index) => index < at && placements[index]?.status === "placed");
    const paths = placement.conflicts.map(({ path }) => path);
    const others = await clashesWith(tools, { base: base.tree, feature, before, paths });
    clashes.push({ feature, others, files: paths.map(shownBytes) });
  }
  return clashes;
}
