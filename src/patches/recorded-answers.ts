/** Owns the answers that a feature's folder holds, as they fit one merge, and the tree that they make. */
import type { ConflictedPath } from "../git/merge.js";
import { type TreeEntry, editTree } from "../git/tree.js";
import type { Context } from "./context.js";
import { applyEdScript } from "./ed-apply.js";
import { type LoadedFeature, type LoadedResolution, keyOf, sameKey } from "./feature.js";
import { placesAt } from "./places.js";
import type { Answers, Trial } from "./trial.js";

/** The merged tree with all recorded answers, and these in their place. */
export async function treeWith(context: Context, trial: Trial, answers: Answers): Promise<string> {
  const changes = new Map<string, TreeEntry | null>();
  for (const { place, resolution } of await answeredPlaces(context, trial))
    changes.set(place.path, await entryFor(context, place, await contentOf(context, place, resolution)));
  for (const [place, { content }] of answers) changes.set(place.path, await entryFor(context, place, content));
  return changes.size === 0 ? trial.merge.tree : await editTree(context.objects, trial.merge.tree, changes);
}

/** Conflicts, and paths that git merged by itself, for whose exact contents an answer is recorded. */
export async function answeredPlaces(context: Context, { loaded, merge, placing }: Trial) {
  const known = context.resolutions.get(loaded.feature.name) ?? [];
  const elsewhere = known.filter(({ path }) => !merge.conflicts.some((conflict) => conflict.path === path));
  const places = [...merge.conflicts, ...(await placesAt(context, placing, elsewhere))];
  return places.flatMap((place) => {
    const resolution = known.find((one) => sameKey(one, keyOf(place)));
    return resolution === undefined ? [] : [{ place, resolution }];
  });
}

/** What a recorded answer makes of a place; null: the file goes. */
export async function contentOf(
  context: Context,
  { path, ours }: ConflictedPath,
  { edits, script }: LoadedResolution,
): Promise<Buffer | null> {
  if (edits === null) return null;
  const before = ours === null ? Buffer.alloc(0) : await context.objects.read(ours.id, "blob");
  return applyEdScript(before, edits, { script, path });
}

async function entryFor({ objects }: Context, { ours, theirs, base }: ConflictedPath, content: Buffer | null): Promise<TreeEntry | null> {
  if (content === null) return null;
  return { mode: (ours ?? theirs ?? base)?.mode ?? "100644", id: await objects.write("blob", content) };
}

export function recordedFor(context: Context, { feature }: LoadedFeature, conflict: ConflictedPath): LoadedResolution | undefined {
  const key = keyOf(conflict);
  return context.resolutions.get(feature.name)?.find((resolution) => sameKey(resolution, key));
}
