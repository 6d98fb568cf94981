/** Owns a feature as the engine works with it: its description, and its scripts read and checked. */
import type { ConflictedPath } from "../git/merge.js";
import type { Feature } from "../model/feature.js";
import type { EdScript } from "./ed-script.js";

/** One file of a feature: an edit of a base file, or a new file. `script` is the path for messages. */
export type FeatureChange =
  | { readonly kind: "edit"; readonly path: string; readonly script: string; readonly base: string; readonly edits: EdScript }
  | { readonly kind: "add"; readonly path: string; readonly script: string; readonly content: Buffer };

/** Three contents on one path: git blob ids, `NO_FILE` where a side has no such file. */
export interface ConflictKey {
  readonly path: string;
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/** The answer to one conflict; `edits` apply to the file of `ours`, null removes the path. */
export interface LoadedResolution extends ConflictKey {
  readonly script: string;
  readonly edits: EdScript | null;
  /** Why lines of the feature are left out there, where some are. */
  readonly why?: string | undefined;
}

export interface LoadedFeature {
  readonly feature: Feature;
  /** Absolute path of the folder with feature.yaml. */
  readonly folder: string;
  readonly changes: readonly FeatureChange[];
  readonly resolutions: readonly LoadedResolution[];
}

export const NO_FILE = "0".repeat(40);

export const FEATURE_FILE = "feature.yaml";

export function keyOf(conflict: ConflictedPath): ConflictKey {
  return {
    path: conflict.path,
    base: conflict.base?.id ?? NO_FILE,
    ours: conflict.ours?.id ?? NO_FILE,
    theirs: conflict.theirs?.id ?? NO_FILE,
  };
}

export function sameKey(a: ConflictKey, b: ConflictKey): boolean {
  return a.path === b.path && a.base === b.base && a.ours === b.ours && a.theirs === b.theirs;
}
