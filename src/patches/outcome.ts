/** Owns the start of an outcome: what is known of a feature before it is tried. */
import type { Feature, FeatureOutcome } from "../model/feature.js";
import type { Open } from "./settling.js";

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

/** A feature that waits for a person. `usual`: why, where no answer was refused. */
export function openOutcome(blank: Omit<FeatureOutcome, "status">, open: Open, usual: string): FeatureOutcome {
  const { conflicts, fault } = open;
  const files = conflicts.map(({ path }) => path);
  const why = fault === null ? { detail: usual } : { detail: (fault.split("\n")[0] ?? "").replace(/:$/, ""), evidence: [fault] };
  return { ...blank, status: "conflict", ...why, files, conflicts: [...conflicts] };
}

export function pathsOf({ conflicts }: Open): string {
  return conflicts.map(({ path }) => path).join(", ");
}

/** A person left it out of this release. */
export function droppedOutcome(feature: Feature, release: string, reason: string): FeatureOutcome {
  return { ...blankOutcome(feature, release), status: "dropped", detail: `left out of ${release}: ${reason}` };
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
export function startConflict(feature: Feature, release: string, open: Open): FeatureOutcome {
  const usual = `what it builds on (${feature.dependsOn.join(", ")}) conflicts with itself in ${pathsOf(open)}`;
  return openOutcome(blankOutcome(feature, release), open, usual);
}
