/** Owns the checks between features and releases, before anything is written. */
import { UnforkError } from "../support/errors.js";
import type { ReleaseTree } from "./base-releases.js";
import { candidateName } from "./candidate.js";
import { FEATURE_FILE, type LoadedFeature } from "./feature.js";

/** Throws `config-invalid` for labels git cannot hold, names that clash with a candidate, features of another base. */
export function checkRequest(releases: { readonly from: ReleaseTree; readonly to: ReleaseTree }, features: readonly LoadedFeature[]): void {
  const ids = [releases.from.id, releases.to.id];
  ids.forEach(checkLabel);
  if (ids[0] === ids[1]) throw invalid(`both releases are ${releases.from.id}; features are ported from one release to another`);
  for (const { feature, folder } of features) {
    const where = `${folder}/${FEATURE_FILE}`;
    if (ids.some((id) => candidateName(id) === feature.name))
      throw invalid(`${where}:name: '${feature.name}' is the name of a release candidate`);
    if (feature.base !== releases.from.id) {
      throw invalid(`${where}:base: the feature is written on ${feature.base}, but the base release is ${releases.from.id}`);
    }
  }
}

/** What git-check-ref-format(1) refuses and the label's own pattern allows. */
function checkLabel(id: string): void {
  if (id.includes("..") || id.endsWith(".") || id.endsWith(".lock")) throw invalid(`the release label '${id}' cannot be a branch name`);
}

function invalid(what: string): UnforkError {
  return new UnforkError("config-invalid", what);
}
