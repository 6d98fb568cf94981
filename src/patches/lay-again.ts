/** Owns files that are laid out though a merge is settled: somebody wants to edit them, or they do not pass their tests. */
import { entryAt } from "../git/tree.js";
import { layOutAgain } from "./conflict-folder.js";
import type { Again } from "./conflict-state.js";
import type { Context } from "./context.js";
import { hasSide, sidesAt } from "./places.js";
import { contentOf, recordedFor } from "./recorded-answers.js";
import type { Open } from "./settling.js";
import type { Trial } from "./trial.js";

/** The conflicts of the feature that somebody wants to edit, with their recorded answers; undefined where it is none of that. */
export async function layConflictsAgain(context: Context, trial: Trial): Promise<Open | undefined> {
  const { loaded, merge, folder } = trial;
  if (!isWanted(context, trial) || merge.conflicts.length === 0) return undefined;
  const places = await Promise.all(
    merge.conflicts.map(async (conflict) => {
      const recorded = recordedFor(context, loaded, conflict);
      return { conflict, content: recorded === undefined ? undefined : await contentOf(context, conflict, recorded) };
    }),
  );
  context.laidOut.add(loaded.feature.name);
  return { status: "conflict", conflicts: await layOutAgain(context.objects, folder, places, "edit"), fault: null };
}

/** Whether this is the feature that is to be laid out, and nothing of it is yet. */
export function isWanted({ settling: { edit }, laidOut }: Context, { loaded, folder }: Trial): boolean {
  const { name } = loaded.feature;
  return edit?.feature === name && edit.release === folder.sides.release && !laidOut.has(name);
}

/** The files that a merge changed, as they came out: `tree` holds them. */
export async function layMergedAgain(context: Context, trial: Trial, merged: Merged): Promise<Open["conflicts"]> {
  const { objects } = context;
  const sides = await Promise.all(merged.files.map((path) => sidesAt(context, trial.placing, path)));
  const places = await Promise.all(
    sides.filter(hasSide).map(async (conflict) => {
      const entry = await entryAt(objects, merged.tree, conflict.path);
      return { conflict, content: entry === undefined ? null : await objects.read(entry.id, "blob") };
    }),
  );
  context.laidOut.add(trial.loaded.feature.name);
  return await layOutAgain(objects, trial.folder, places, merged.again);
}

export interface Merged {
  readonly tree: string;
  readonly files: readonly string[];
  readonly again: Again;
}
