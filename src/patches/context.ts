/** Owns what every step of one application of features works with. */
import { movedFiles } from "../git/diff.js";
import { shownBytes } from "../git/bytes.js";
import type { ObjectStore } from "../git/objects.js";
import { changesBetween } from "../git/tree-changes.js";
import type { FeatureOutcome } from "../model/feature.js";
import type { PortContext } from "./stack/port-context.js";
import type { LoadedFeature, LoadedResolution } from "./feature.js";
import { type PlacedAhead, placedAhead } from "./placed-ahead.js";
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
  readonly placing: PlacedAhead;
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

/** Paths that differ between two trees, in byte order; read by ourselves, since a process for each takes longer. */
export async function changedPaths({ engine }: Context, before: string, after: string): Promise<string[]> {
  return (await changesBetween(engine.readTree, before, after)).map(({ path }) => shownBytes(path));
}

export function makeContext(parts: Omit<Context, "moved" | "resolutions" | "laidOut" | "asMerged" | "placing">): Context {
  let moved: Promise<ReadonlyMap<string, string>> | undefined;
  return {
    ...parts,
    placing: placedAhead(parts.engine),
    laidOut: new Set(),
    asMerged: new Map(),
    resolutions: new Map(parts.features.map((loaded) => [loaded.feature.name, [...loaded.resolutions]])),
    moved: () => (moved ??= movedFiles(parts.objects.repository, parts.from.tree, parts.to.tree)),
  };
}
