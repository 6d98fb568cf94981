/** Owns what every step of one application of features works with. */
import { movedFiles } from "../git/diff.js";
import type { ObjectStore } from "../git/objects.js";
import type { FeatureOutcome } from "../model/feature.js";
import type { PortContext } from "./stack/port-context.js";
import type { LoadedFeature, LoadedResolution } from "./feature.js";
import type { Settling } from "./settling.js";
import type { PatchState } from "./state/patch-state.js";

/** A release with its base commit in the patch repository. */
export interface BaseRelease {
  readonly id: string;
  readonly commit: string;
  readonly tree: string;
}

export interface Context {
  readonly objects: ObjectStore;
  /** What places features on trees. */
  readonly engine: PortContext;
  readonly from: BaseRelease;
  readonly to: BaseRelease;
  /** Where conflicted files are laid out for a person. */
  readonly workFolder: string;
  /** All of the project. */
  readonly features: readonly LoadedFeature[];
  readonly settling: Settling;
  /** What the notes ref remembers; stored with the refs at the end. */
  readonly state: PatchState;
  /** Features whose files were laid out in this run to be edited again. */
  readonly laidOut: Set<string>;
  /** Lays out what a feature's merge onto the new release came to. */
  readonly asMerged: Map<string, () => Promise<FeatureOutcome["conflicts"]>>;
  /** A feature's resolutions: those of its folder, and those recorded just now. */
  readonly resolutions: Map<string, LoadedResolution[]>;
  /** Files that moved between the two base trees, old path to new; computed on first use. */
  readonly moved: () => Promise<ReadonlyMap<string, string>>;
}

export function makeContext(parts: Omit<Context, "moved" | "resolutions" | "laidOut" | "asMerged">): Context {
  let moved: Promise<ReadonlyMap<string, string>> | undefined;
  return {
    ...parts,
    laidOut: new Set(),
    asMerged: new Map(),
    resolutions: new Map(parts.features.map((loaded) => [loaded.feature.name, [...loaded.resolutions]])),
    moved: () => (moved ??= movedFiles(parts.objects.repository, parts.from.tree, parts.to.tree)),
  };
}
