/** Owns what happens to the conflicts of a merge: recorded resolutions, then what a person edited, else they stay open. */
import type { ConflictedPath, MergeResult } from "../git/merge.js";
import { type TreeEntry, editTree } from "../git/tree.js";
import type { FeatureOutcome } from "../model/feature.js";
import { type Sides, clearFolder, layOut, takeEdited } from "./conflict-folder.js";
import type { Context } from "./context.js";
import { applyEdScript } from "./ed-apply.js";
import { type LoadedFeature, type LoadedResolution, keyOf, sameKey } from "./feature.js";
import { recordResolution } from "./record-resolution.js";

export type Settled =
  | { readonly status: "settled"; readonly tree: string; readonly resolved: readonly LoadedResolution[] }
  | { readonly status: "conflict"; readonly conflicts: FeatureOutcome["conflicts"] };

/**
 * Settles a merge for a feature. A recorded resolution counts only when path and all three contents are exactly those
 * it was recorded for. What stays open is laid out in the work folder.
 */
export async function settle(context: Context, loaded: LoadedFeature, merge: MergeResult, sides: Sides): Promise<Settled> {
  if (merge.conflicts.length === 0) return { status: "settled", tree: merge.tree, resolved: [] };
  const folder = { root: context.workFolder, feature: loaded.feature.name, sides };
  const unknown = merge.conflicts.filter((conflict) => resolutionFor(context, loaded, conflict) === undefined);
  for (const edited of await takeEdited(context.objects, folder, unknown)) {
    const recorded = await recordResolution(context.objects, loaded, {
      key: keyOf(edited.conflict),
      content: edited.content,
      release: sides.release,
    });
    context.resolutions.get(loaded.feature.name)?.push(recorded);
  }
  const open = merge.conflicts.filter((conflict) => resolutionFor(context, loaded, conflict) === undefined);
  if (open.length > 0) return { status: "conflict", conflicts: await layOut(context.objects, folder, open) };
  await clearFolder(folder);
  return applyResolutions(context, loaded, merge);
}

async function applyResolutions(context: Context, loaded: LoadedFeature, merge: MergeResult): Promise<Settled> {
  const changes = new Map<string, TreeEntry | null>();
  const resolved: LoadedResolution[] = [];
  for (const conflict of merge.conflicts) {
    const resolution = resolutionFor(context, loaded, conflict);
    if (resolution === undefined) throw new Error(`no resolution for ${conflict.path}`);
    changes.set(conflict.path, await resolvedEntry(context, conflict, resolution));
    resolved.push(resolution);
  }
  return { status: "settled", tree: await editTree(context.objects, merge.tree, changes), resolved };
}

async function resolvedEntry(context: Context, conflict: ConflictedPath, resolution: LoadedResolution): Promise<TreeEntry | null> {
  if (resolution.edits === null) return null;
  const ours = conflict.ours === null ? Buffer.alloc(0) : await context.objects.read(conflict.ours.id, "blob");
  const content = applyEdScript(ours, resolution.edits, { script: resolution.script, path: conflict.path });
  const mode = (conflict.ours ?? conflict.theirs ?? conflict.base)?.mode ?? "100644";
  return { mode, id: await context.objects.write("blob", content) };
}

function resolutionFor(context: Context, loaded: LoadedFeature, conflict: ConflictedPath): LoadedResolution | undefined {
  const key = keyOf(conflict);
  return context.resolutions.get(loaded.feature.name)?.find((resolution) => sameKey(resolution, key));
}
