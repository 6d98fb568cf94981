/** Owns the list of files that a patch changes, and how many lines in each. */
import type { FileDiff } from "../file-diff.js";
import type { TextPatch } from "../text-patch.js";

/** Old and new paths, each once. */
export function changedPaths({ diffs }: TextPatch): string[] {
  return [...new Set(diffs.flatMap(({ oldPath, newPath }) => [oldPath, newPath].filter((path) => path !== null)))];
}

/** Lines added and removed; a change without lines (a mode, binary content) counts as one. */
export function changedLines({ hunks }: FileDiff): number {
  return Math.max(1, hunks.flatMap(({ lines }) => lines).filter((line) => !line.startsWith(" ")).length);
}
