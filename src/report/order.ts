/** Owns the order in which lists show states: what needs a look first. */
import type { Finding, Severity } from "../model/audit.js";
import type { FeatureOutcome, FeatureStatus } from "../model/feature.js";
import type { Verdict } from "../model/use-case.js";

export const FEATURE_ORDER: readonly FeatureStatus[] = ["conflict", "auto", "clean", "upstreamed"];
export const VERDICT_ORDER: readonly Verdict[] = ["crashed", "worse", "better", "no worse"];
export const SEVERITY_ORDER: readonly Severity[] = ["error", "warning", "note"];

/** Conflicts first; within a fate as given. */
export function byFate(features: readonly FeatureOutcome[]): FeatureOutcome[] {
  return features.toSorted((a, b) => FEATURE_ORDER.indexOf(a.status) - FEATURE_ORDER.indexOf(b.status));
}

/** Errors first; within a severity as given. */
export function bySeverity(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => SEVERITY_ORDER.indexOf(a.severity) - SEVERITY_ORDER.indexOf(b.severity));
}

export interface Group<K> {
  readonly key: K;
  readonly size: number;
}

/** How many of each kind there are, in the kinds' order; kinds that do not occur are left out. */
export function groupSizes<K, T>(kinds: readonly K[], items: readonly T[], kindOf: (item: T) => K): Group<K>[] {
  return kinds.map((key) => ({ key, size: items.filter((item) => kindOf(item) === key).length })).filter((group) => group.size > 0);
}
