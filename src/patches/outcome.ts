/** Owns the start of an outcome: what is known of a feature before it is tried. */
import type { Feature, FeatureOutcome } from "../model/feature.js";

export function blankOutcome(feature: Feature, release: string): Omit<FeatureOutcome, "status"> {
  return {
    name: feature.name,
    purpose: feature.purpose,
    owner: feature.owner,
    base: feature.base,
    release,
    detail: "",
    files: [],
    commit: null,
    evidence: [],
    conflicts: [],
  };
}

/** A feature that cannot be tried before another one is settled. */
export function waitsFor(feature: Feature, release: string, other: Feature): FeatureOutcome {
  return {
    ...blankOutcome(feature, release),
    status: "conflict",
    detail: `builds on ${other.name} (${other.owner}), which is in conflict`,
  };
}

/** Two features that this one builds on conflict with each other. */
export function startConflict(feature: Feature, release: string, conflicts: FeatureOutcome["conflicts"]): FeatureOutcome {
  const paths = conflicts.map((each) => each.path);
  const detail = `what it builds on (${feature.dependsOn.join(", ")}) conflicts with itself in ${paths.join(", ")}`;
  return { ...blankOutcome(feature, release), status: "conflict", detail, files: paths, conflicts };
}
