/** Owns the applying of patches one on top of the other, forward or back; one that does not apply is told and left out. */
import type { ApplyOptions } from "./apply-hunks.js";
import { type ApplyPatchResult, type TreeFile, type TreeReader, applyPatch } from "./apply-patch.js";
import type { FileDiff } from "./file-diff.js";
import { reverseDiffs } from "./reverse-diff.js";

export interface SeriesPatch {
  readonly name: string;
  readonly diffs: readonly FileDiff[];
}

export interface SeriesOptions extends ApplyOptions {
  /** The last patch first, each undone: from a vendored tree to what upstream had. */
  readonly back?: boolean;
}

export type RefusedPatch = Extract<ApplyPatchResult, { status: "refused" }> & { readonly name: string };

export interface SeriesResult {
  /** Against the tree that was read: path to new file, null where it is removed. A file that is as before may be among them. */
  readonly changes: ReadonlyMap<string, TreeFile | null>;
  /** Names, in the order of applying. */
  readonly applied: readonly string[];
  readonly refused: readonly RefusedPatch[];
}

/** The tree after the series; each patch whole or not at all. */
export async function applySeries(read: TreeReader, patches: readonly SeriesPatch[], options: SeriesOptions = {}): Promise<SeriesResult> {
  const changes = new Map<string, TreeFile | null>();
  const applied: string[] = [];
  const refused: RefusedPatch[] = [];
  const current: TreeReader = (path) => {
    const changed = changes.get(path);
    return changed === undefined ? read(path) : changed;
  };
  for (const { name, diffs } of options.back === true ? patches.toReversed() : patches) {
    const result = await applyPatch(current, options.back === true ? reverseDiffs(diffs) : diffs, options);
    if (result.status === "refused") refused.push({ ...result, name });
    else {
      applied.push(name);
      for (const [path, file] of result.changes) changes.set(path, file);
    }
  }
  return { changes, applied, refused };
}
