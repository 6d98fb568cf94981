/** Owns the memory of conflicts that a feature had, settled or not: once for each that differs. */
import { bytesOf } from "../git/bytes.js";
import type { ConflictedPath } from "../git/merge.js";
import type { Context } from "./context.js";
import { keyOf } from "./feature.js";
import { pathName } from "./state/resolutions.js";
import type { Trial } from "./trial.js";

export const FEATURE_CONFLICTS = "feature-conflicts";

/** One file of the notes ref per conflict: `feature-conflicts/<feature>/<base>-<ours>-<theirs>-<path's SHA-1>` tells path and release. */
export async function rememberConflict(context: Context, { loaded, folder }: Trial, conflict: ConflictedPath): Promise<void> {
  const { path, base, ours, theirs } = keyOf(conflict);
  const { files } = context.state;
  const sides = `${FEATURE_CONFLICTS}/${loaded.feature.name}/${base}-${ours}-${theirs}`;
  // As older versions wrote it.
  await files.set(sides, null);
  await files.set(`${sides}-${pathName(bytesOf(path))}`, `${folder.sides.release} ${path}\n`);
}
