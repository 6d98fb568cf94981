/** Owns where a feature's files lie on the new release. */
import { basename } from "node:path";

import { entryAt } from "../git/tree.js";
import type { Context } from "./context.js";
import type { LoadedFeature } from "./feature.js";

/** A file's path in a tree of the new release; the search for moves is made only when it is not where it was. */
export async function newPathOf(context: Context, path: string, tree: string): Promise<string | undefined> {
  if ((await entryAt(context.objects, tree, path)) !== undefined) return path;
  return (await context.moved()).get(path);
}

/**
 * Old path and new path of what moved: a file that upstream moved, or one the feature adds to a folder that upstream moved.
 *
 * @param files paths that the feature changes on the new release
 */
export async function movesOf(context: Context, loaded: LoadedFeature, files: readonly string[]): Promise<[string, string][]> {
  const paths = loaded.changes.map((change) => change.path);
  const elsewhere = files.filter((file) => !paths.includes(file));
  if (elsewhere.length === 0) return [];
  const moved = await context.moved();
  return paths.flatMap((path): [string, string][] => {
    if (files.includes(path)) return [];
    const after = moved.get(path) ?? elsewhere.find((file) => basename(file) === basename(path));
    return after === undefined ? [] : [[path, after]];
  });
}
