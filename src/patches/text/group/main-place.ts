/** Owns the question where a patch changes most: in which file, in which folder. */
import { byText } from "../../../support/order.js";
import { pathOf } from "../file-diff.js";
import type { TextPatch } from "../text-patch.js";
import { changedLines } from "./changed-paths.js";

/** The file with the most changed lines; of several the first in byte order. */
export function mainFile(patch: TextPatch): string {
  return heaviest(patch, (path) => path);
}

/** The folder, at most `depth` names deep, with the most changed lines; empty for files of no folder. */
export function mainFolder(patch: TextPatch, depth: number): string {
  return heaviest(patch, (path) => path.split("/").slice(0, -1).slice(0, depth).join("/"));
}

function heaviest({ diffs }: TextPatch, placeOf: (path: string) => string): string {
  const lines = new Map<string, number>();
  for (const diff of diffs) {
    const place = placeOf(pathOf(diff));
    lines.set(place, (lines.get(place) ?? 0) + changedLines(diff));
  }
  return [...lines].toSorted(([a, x], [b, y]) => y - x || byText(a, b))[0]?.[0] ?? "";
}
