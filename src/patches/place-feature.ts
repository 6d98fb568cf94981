/** Owns the placing of a whole feature on another tree, by the engine that ports stacks. */
import { shownBytes } from "../git/bytes.js";
import type { MergeResult } from "../git/merge.js";
import { openDraft } from "../git/tree-draft.js";
import { placeStack } from "./stack/place-stack.js";
import { plainOnes } from "./stack/plain.js";
import type { PortContext } from "./stack/port-context.js";
import { asPatch } from "./stack/stack-patch.js";
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

/** The merged tree, whose objects are in the repository then; with conflicts, the tree without what is in conflict. */
export async function placeFeature(engine: PortContext, { commit, tree, startTree, onto }: FeaturePlace): Promise<PlacedFeature> {
  const { pool, readTree } = engine;
  const patch = await asPatch(readTree, { commit, tree, startTree, name: "" });
  const { changes } = patch;
  const [placement] = await placeStack(engine, [patch], onto);
  if (placement === undefined) throw new Error("a feature was to be placed and nothing came back");
  const found = placement.status === "placed" ? placement.changes : placement.rest;
  const draft = openDraft({ readTree, add: pool.add }, onto);
  const heads = new Map(await Promise.all(changes.map(async ({ path }) => [path, await draft.entry(path)] as const)));
  if (placement.way !== "exact") await keepBlobs(pool, found);
  await draft.apply(found);
  const result = draft.write();
  await pool.store();
  const conflicts =
    placement.status === "placed" ? [] : placement.conflicts.map((each) => Object.assign({}, each, { path: shownBytes(each.path) }));
  const messages = placement.status === "placed" ? [] : placement.messages.map(shownBytes);
  const plain =
    placement.way === "exact" ||
    (placement.status === "placed" && (await plainOnes({ pool }, [{ patch, heads, changes: found }])).has(commit));
  return { tree: result, conflicts, messages, plain };
}
