/** Owns the places of a merge that an answer may stand for: its conflicts, and paths that git merged by itself. */
import { readCommit, treeOf } from "../git/commit.js";
import type { ConflictedPath } from "../git/merge.js";
import { entryAt } from "../git/tree.js";
import type { Context } from "./context.js";
import { type ConflictKey, keyOf, sameKey } from "./feature.js";

/** A patch that was placed: its commit, and the commit that it came onto. */
export interface Placing {
  readonly patch: string;
  readonly onto: string;
}

/** The three sides at a path of the new tree; before, the file may have lain where upstream moved it from. */
export async function sidesAt(context: Context, { patch, onto }: Placing, path: string): Promise<ConflictedPath> {
  const { objects } = context;
  const { tree: theirs, parents } = await readCommit(objects, patch);
  const [base, ours] = await Promise.all([treeOf(objects, parents[0] ?? ""), treeOf(objects, onto)]);
  const read = async (tree: string, at: string) => (await entryAt(objects, tree, at)) ?? null;
  const plain = { path, base: await read(base, path), ours: await read(ours, path), theirs: await read(theirs, path) };
  if (plain.base !== null || plain.theirs !== null) return plain;
  const old = [...(await context.moved())].find(([, to]) => to === path)?.[0];
  return old === undefined ? plain : { ...plain, base: await read(base, old), theirs: await read(theirs, old) };
}

/** Those of the paths whose three contents are the wanted ones. */
export async function placesAt(context: Context, placing: Placing, keys: readonly ConflictKey[]): Promise<ConflictedPath[]> {
  const found = await Promise.all(keys.map(async (key) => ({ key, place: await sidesAt(context, placing, key.path) })));
  return found.filter(({ key, place }) => hasSide(place) && sameKey(key, keyOf(place))).map(({ place }) => place);
}

/** A path that no side has can be told from no other. */
export function hasSide({ base, ours, theirs }: ConflictedPath): boolean {
  return base !== null || ours !== null || theirs !== null;
}
