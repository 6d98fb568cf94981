/** Owns what every step of one application of features works with. */
import { movedFiles } from "../git/diff.js";
import type { ObjectStore } from "../git/objects.js";
import type { PortContext } from "./stack/port-context.js";
import type { LoadedFeature, LoadedResolution } from "./feature.js";

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
  /** A feature's resolutions: those of its folder, and those recorded just now. */
  readonly resolutions: Map<string, LoadedResolution[]>;
  /** Files that moved between the two base trees, old path to new; computed on first use. */
  readonly moved: () => Promise<ReadonlyMap<string, string>>;
}

export function makeContext(parts: Omit<Context, "moved" | "resolutions"> & { readonly features: readonly LoadedFeature[] }): Context {
  let moved: Promise<ReadonlyMap<string, string>> | undefined;
  const { features, ...rest } = parts;
  return {
    ...rest,
    resolutions: new Map(features.map((loaded) => [loaded.feature.name, [...loaded.resolutions]])),
    moved: () => (moved ??= movedFiles(parts.objects.repository, parts.from.tree, parts.to.tree)),
  };
}
