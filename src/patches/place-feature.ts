/** Owns the placing of whole features on other trees, by the engine that ports stacks; those that do not wait for each other at once. */
import { type ByteString, shownBytes } from "../git/bytes.js";
import { jointMerger } from "../git/joint-merger.js";
import type { MergeResult } from "../git/merge.js";
import { openDraft } from "../git/tree-draft.js";
import type { TreeEntry } from "../git/tree.js";
import type { Placement } from "./stack/placement.js";
import { placeStack } from "./stack/place-stack.js";
import { plainOnes } from "./stack/plain.js";
import type { PortContext } from "./stack/port-context.js";
import { type StackPatch, asPatch } from "./stack/stack-patch.js";
import { keepBlobs } from "./stack/write-stack.js";

export interface FeaturePlace {
  /** Commit and tree of the feature, and the tree that it starts from. */
  readonly commit: string;
  readonly tree: string;
  readonly startTree: string;
  /** The tree that it comes onto. */
  readonly onto: string;
}

export interface PlacedFeature extends MergeResult {
  /** A plain apply would have given the same. */
  readonly plain: boolean;
}

/** Each as if it were placed alone; merges and diffs are asked for together. Their objects are in the repository then. */
export async function placeFeatures(engine: PortContext, places: readonly FeaturePlace[]): Promise<PlacedFeature[]> {
  const { merger, ended } = jointMerger(engine.merger, places.length);
  const placing = places.map((place) => placeOne({ ...engine, merger }, place).finally(ended));
  await Promise.allSettled(placing);
  const found = await Promise.all(placing);
  await engine.pool.store();
  const merged = found.filter(({ placement }) => placement.status === "placed" && placement.way !== "exact");
  const plain = await plainOnes(engine, merged);
  return found.map(({ tree, placement, patch }) =>
    Object.assign(mergeResult(tree, placement), { plain: placement.way === "exact" || plain.has(patch.commit) }),
  );
}

interface Placed {
  readonly patch: StackPatch;
  readonly placement: Placement;
  /** The merged tree; with conflicts, without what is in conflict. */
  readonly tree: string;
  readonly heads: ReadonlyMap<ByteString, TreeEntry | undefined>;
  readonly changes: ReadonlyMap<ByteString, TreeEntry | null>;
  readonly plain: boolean;
}

async function placeOne(engine: PortContext, { commit, tree, startTree, onto }: FeaturePlace): Promise<Placed> {
  const { pool, readTree } = engine;
  const patch = await asPatch(readTree, { commit, tree, startTree, name: "" });
  const [placement] = await placeStack(engine, [patch], onto);
  if (placement === undefined) throw new Error("a feature was to be placed and nothing came back");
  const changes = placement.status === "placed" ? placement.changes : placement.rest;
  const draft = openDraft({ readTree, add: pool.add }, onto);
  const heads = new Map(await Promise.all(patch.changes.map(async ({ path }) => [path, await draft.entry(path)] as const)));
  if (placement.way !== "exact") await keepBlobs(pool, changes);
  await draft.apply(changes);
  return { patch, placement, tree: draft.write(), heads, changes, plain: placement.status === "placed" && placement.plain === true };
}

export function mergeResult(tree: string, placement: Placement): MergeResult {
  if (placement.status === "placed") return { tree, conflicts: [], messages: [] };
  const conflicts = placement.conflicts.map((each) => Object.assign({}, each, { path: shownBytes(each.path) }));
  return { tree, conflicts, messages: placement.messages.map(shownBytes) };
}
