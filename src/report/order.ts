/** Owns the order in which lists show states: what needs a look first. */
import type { Finding, Severity } from "../model/audit.js";
import type { FeatureOutcome, FeatureStatus } from "../model/feature.js";
import type { Verdict } from "../model/use-case.js";
import { byText } from "../support/order.js";

export const FEATURE_ORDER: readonly FeatureStatus[] = ["conflict", "auto", "clean", "upstreamed", "dropped"];
export const VERDICT_ORDER: readonly Verdict[] = ["crashed", "worse", "inconclusive", "better", "no worse"];
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

/** The scopes in which most findings lie, the fullest first; those of a single finding are left out. */
export function commonScopes(findings: readonly Finding[], most: number): Group<string>[] {
  const sizes = new Map<string, number>();
  for (const { scope } of findings) if (scope !== undefined) sizes.set(scope, (sizes.get(scope) ?? 0) + 1);
  const groups = [...sizes].flatMap(([key, size]) => (size > 1 ? [{ key, size }] : []));
  return groups.toSorted((a, b) => b.size - a.size || byText(a.key, b.key)).slice(0, most);
}

/** The gravest findings, but some of each category, so that none is missing where many are. */
export function someOfEach(findings: readonly Finding[], most: number): Finding[] {
  const sorted = bySeverity(findings);
  if (sorted.length <= most) return sorted;
  const share = Math.floor(most / new Set(sorted.map(({ category }) => category)).size);
  const taken = new Map<Finding["category"], number>();
  const chosen = new Set(
    sorted.filter(({ category }) => {
      const before = taken.get(category) ?? 0;
      taken.set(category, before + 1);
      return before < share;
    }),
  );
  for (const finding of sorted) if (chosen.size < most) chosen.add(finding);
  return sorted.filter((finding) => chosen.has(finding));
}
