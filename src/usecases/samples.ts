/** Owns the figures of a use case's runs, metric by metric. */
import { type Flavor, FLAVORS } from "../model/build.js";
import type { Metric } from "../model/use-case.js";
import type { RunOutcome } from "./execute.js";
import type { Runs } from "./run-pairs.js";
import { valueAt } from "./values.js";
import type { Samples } from "./verdict.js";

/** A metric's number in one run: null for none, undefined where the run does not know the metric or crashed. */
export function figure(outcome: RunOutcome | undefined, path: string): number | null | undefined {
  return outcome?.status === "ok" ? valueAt(outcome.line, path) : undefined;
}

/** True for a metric that depends on the machine's day: it says so, or it differed between runs of one flavor. */
export function scatters(metric: Metric, runs: Runs): boolean {
  return metric.measured || FLAVORS.some((flavor) => isUnsteady(metric, runs, flavor));
}

/** True when a metric that claims to be deterministic gave two figures in runs of one flavor. */
export function isUnsteady(metric: Metric, runs: Runs, flavor: Flavor): boolean {
  return !metric.measured && new Set(runs[flavor].map((outcome) => figure(outcome, metric.id))).size > 1;
}

/** The figures of the first runs. */
export function firstSamples(metric: Metric, runs: Runs): Samples {
  return samplesOf(metric, runs, 0, 1);
}

/** The figures of the pairs: the first runs are the warm-up. */
export function pairSamples(metric: Metric, runs: Runs): Samples {
  return samplesOf(metric, runs, 1);
}

function samplesOf(metric: Metric, runs: Runs, from: number, to?: number): Samples {
  const pick = (flavor: Flavor) => runs[flavor].slice(from, to).map((outcome) => figure(outcome, metric.id) ?? null);
  return { legacy: pick("legacy"), latest: pick("latest") };
}
