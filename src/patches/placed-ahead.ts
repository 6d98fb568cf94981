/**
 * Owns what is placed before its turn comes: a placement depends on trees alone, so that those of many features can be asked for
 * at once, whatever happens to each of them afterwards.
 */
import type { MergeResult } from "../git/merge.js";
import { openDraft } from "../git/tree-draft.js";
import { type FeaturePlace, type PlacedFeature, mergeResult, placeFeatures } from "./place-feature.js";
import { placeStack } from "./stack/place-stack.js";
import type { PortContext } from "./stack/port-context.js";
import { asPatch } from "./stack/stack-patch.js";
import { keepBlobs } from "./stack/write-stack.js";

export interface PlacedAhead {
  /** Places several that do not wait for each other. */
  readonly ahead: (places: readonly FeaturePlace[]) => Promise<void>;
  /** A feature in its place: placed ahead, or now. */
  readonly place: (place: FeaturePlace) => Promise<PlacedFeature>;
  /** A feature merged into what was merged before it; `next`: those whose turn comes then, in order. */
  readonly merge: (place: FeaturePlace, next: () => Promise<readonly Omit<FeaturePlace, "onto">[]>) => Promise<MergeResult>;
}

export function placedAhead(engine: PortContext): PlacedAhead {
  const placed = new Map<string, PlacedFeature>();
  const merged = new Map<string, MergeResult>();
  async function ahead(places: readonly FeaturePlace[]): Promise<void> {
    const results = await placeFeatures(engine, places);
    for (const [at, place] of places.entries()) placed.set(keyOf(place), results[at] as PlacedFeature);
  }
  return {
    ahead,
    place: (place) => take(placed, place, () => ahead([place])),
    merge: (place, next) =>
      take(merged, place, async () => {
        for (const [key, result] of await mergeInTurn(engine, place, await next())) merged.set(key, result);
      }),
  };
}

async function take<T>(known: ReadonlyMap<string, T>, place: FeaturePlace, fill: () => Promise<void>): Promise<T> {
  if (!known.has(keyOf(place))) await fill();
  return known.get(keyOf(place)) as T;
}

function keyOf({ tree, startTree, onto }: FeaturePlace): string {
  return `${startTree} ${tree} ${onto}`;
}

/** One after the other onto what came out before, up to the first that is in conflict: what comes behind it depends on the answer. */
async function mergeInTurn(
  engine: PortContext,
  first: FeaturePlace,
  next: readonly Omit<FeaturePlace, "onto">[],
): Promise<Map<string, MergeResult>> {
  const { pool, readTree } = engine;
  const all = [first, ...next];
  const patches = await Promise.all(all.map((place) => asPatch(readTree, { ...place, name: "" })));
  const placements = await placeStack(engine, patches, first.onto);
  const draft = openDraft({ readTree, add: pool.add }, first.onto);
  const results = new Map<string, MergeResult>();
  let { onto } = first;
  for (const [at, place] of all.entries()) {
    const placement = placements[at];
    if (placement === undefined) throw new Error("a feature was to be merged and nothing came back");
    const changes = placement.status === "placed" ? placement.changes : placement.rest;
    if (placement.way !== "exact") await keepBlobs(pool, changes);
    await draft.apply(changes);
    const tree = draft.write();
    results.set(keyOf({ ...place, onto }), mergeResult(tree, placement));
    if (placement.status !== "placed") break;
    onto = tree;
  }
  await pool.store();
  return results;
}
