/** Owns the question what makes a feature stale. */
import type { ReleaseState, ShownUpstream } from "../../model/feature-card.js";

export const STALE_DAYS = 90;

export interface Freshness {
  readonly owner: string | null;
  readonly created: string | null;
  readonly reviewed: string | null;
  readonly upstream: ShownUpstream;
  readonly openConflicts: number;
  readonly releases: readonly ReleaseState[];
  /** Releases on which it does not stand on the base. */
  readonly astray: readonly string[];
}

/** Sentences; none for a feature that is in order. `today`: a day. */
export function staleness(
  { owner, created, reviewed, upstream, openConflicts, releases, astray }: Freshness,
  days: number,
  today: string,
): string[] {
  const newest = releases.at(-1);
  const last = reviewed ?? created;
  const age = last === null ? 0 : daysBetween(last, today);
  return [
    ...(owner === null ? ["nobody owns it"] : []),
    ...(newest?.state === "absent" && upstream.state !== "in-upstream" ? [`absent on ${newest.release}`] : []),
    ...(openConflicts > 0 ? [`${openConflicts} open conflict${openConflicts === 1 ? "" : "s"}`] : []),
    ...astray.map((release) => `does not stand on base/${release}`),
    ...(age > days ? [reviewed === null ? `never reviewed in ${age} days` : `not reviewed for ${age} days`] : []),
  ];
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
