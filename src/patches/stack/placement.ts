/** Owns the kinds of answers to "what does this patch change on the new base?". */
import type { ByteString } from "../../git/bytes.js";
import type { BatchConflict } from "../../git/merge-batch.js";
import type { DraftChanges } from "../../git/tree-draft.js";
import type { TreeEntry } from "../../git/tree.js";

/**
 * How it was found: `exact` (every file is as the patch knew it), `merged` (files at their
 * old paths, changed on both sides or already as the patch wants them), `whole` (whole trees merged: moved or missing files, new folders).
 */
export type PlacementWay = "exact" | "merged" | "whole";

export type Placement =
  | {
      readonly status: "placed";
      readonly way: PlacementWay;
      /** What differs from the tree before it; empty when nothing is left over. */
      readonly changes: DraftChanges;
      /** Paths of the patch that are somewhere else now, old to new. */
      readonly moved: ReadonlyMap<ByteString, ByteString>;
      /** It is known that a plain apply gives the same for all files. */
      readonly plain?: boolean;
      /** Sentences on conflicts that were settled by answers of a person. */
      readonly resolved?: readonly string[];
      /** Sentences on what attributes of the tree wanted. */
      readonly told?: readonly string[];
    }
  | {
      readonly status: "conflict";
      readonly way: PlacementWay;
      readonly conflicts: readonly BatchConflict[];
      /** What the patch changes besides, where nothing is in conflict. */
      readonly rest: DraftChanges;
      /** What git says of them. */
      readonly messages: readonly ByteString[];
      /** Sentences on what attributes of the tree wanted. */
      readonly told?: readonly string[];
    };

/** Whether it is the same file with the same content. */
export function unchanged(a: TreeEntry | null, b: TreeEntry | null): boolean {
  return a?.id === b?.id && a?.mode === b?.mode;
}
