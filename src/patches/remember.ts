/** Owns the memory of conflicts that a feature had, settled or not: once for each that differs. */
import type { ConflictedPath } from "../git/merge.js";
import type { Context } from "./context.js";
import { keyOf } from "./feature.js";
import type { Trial } from "./trial.js";

export const FEATURE_CONFLICTS = "feature-conflicts";

/** One file of the notes ref per conflict: `feature-conflicts/<feature>/<base>-<ours>-<theirs>` tells path and release. */
export async function rememberConflict(context: Context, { loaded, folder }: Trial, conflict: ConflictedPath): Promise<void> {
  const { path, base, ours, theirs } = keyOf(conflict);
  await context.state.files.set(
    `${FEATURE_CONFLICTS}/${loaded.feature.name}/${base}-${ours}-${theirs}`,
    `${folder.sides.release} ${path}\n`,
  );
}
