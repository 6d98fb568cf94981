/**
 * Owns the judgement of metrics that scatter from run to run (time, memory), over all of a comparison at once: three answers and
 * "inconclusive", with error rates that hold for the whole.
 *
 * Each pair of runs gives one number, how much worse latest was; over the pairs a paired t-test asks on which side of the margin the
 * true change lies. "Worse" and "better" together share out one error rate over all metrics and use cases by Holm's correction; "no worse" is
 * claimed for each metric at a rate of its own, since a use case ships when all of them hold. Where the runs come in several looks,
 * each look gets its part of both rates, so that stopping as soon as all is settled adds nothing (Bonferroni over the looks).
 */
import type { MetricResult, PairStatistics } from "../model/use-case.js";
import { holm } from "../stats/holm.js";
import { type PairedEstimate, detectable, intervalOf, pAbove, pBelow } from "../stats/paired.js";
import { type MeasuredMetric, type Scale, scaleOf } from "./pair-scale.js";
import { metricResult, missingVerdict } from "./verdict.js";

/** How often a comparison may be wrong. */
export interface ErrorRates {
  /** Chance that even one metric of one use case is called worse (or better) without being so beyond its margin. */
  readonly falseChange: number;
  /** Chance, for each metric, that "no worse" is said of one that is worse by its margin or more. */
  readonly falseNoWorse: number;
  /** How often the runs so far are looked at, at most. */
  readonly looks: number;
}

export const ERROR_RATES: ErrorRates = { falseChange: 0.01, falseNoWorse: 0.05, looks: 3 };

const LEVEL = 0.95;
const POWER = 0.8;

/** Judges all measured metrics of a comparison; results in the order given. */
export function judgePairs(measured: readonly MeasuredMetric[], rates: ErrorRates): MetricResult[] {
  const scales = measured.map(scaleOf);
  const all = holm([...scales.map(pWorse), ...scales.map(pBetter)]);
  const [worse, better] = [all.slice(0, scales.length), all.slice(scales.length)];
  const alpha = rates.falseChange / rates.looks;
  return measured.map(({ metric, samples }, index) => {
    const base = metricResult(metric, samples);
    const missing = missingVerdict(base.legacy, base.latest);
    if (missing !== undefined) return { ...base, verdict: missing };
    const scale = scales[index];
    if (scale === undefined) return { ...base, verdict: "inconclusive" };
    const chances = { worse: worse[index] ?? 1, better: better[index] ?? 1 };
    const verdict = verdictOf(scale, chances, alpha, rates.falseNoWorse / rates.looks);
    return { ...base, verdict, statistics: statisticsOf(scale, chances.worse, alpha / all.length) };
  });
}

/** Worse by more than the margin, or beyond the limit: two questions, so the better answer counts half. */
function pWorse(scale: Scale | undefined): number {
  if (scale === undefined) return 1;
  const change = pAbove(scale.harm, scale.margin);
  return scale.beyond === undefined ? change : Math.min(1, 2 * Math.min(change, pAbove(scale.beyond, 0)));
}

function pBetter(scale: Scale | undefined): number {
  return scale === undefined ? 1 : pBelow(scale.harm, -scale.margin);
}

interface Chances {
  readonly worse: number;
  readonly better: number;
}

function verdictOf(scale: Scale, chances: Chances, alpha: number, alphaNoWorse: number): MetricResult["verdict"] {
  if (chances.worse <= alpha) return "worse";
  const holds = isWithin(scale.harm, scale.margin, alphaNoWorse) && (scale.beyond === undefined || isWithin(scale.beyond, 0, alphaNoWorse));
  if (!holds) return "inconclusive";
  return chances.better <= alpha ? "better" : "no worse";
}

/** Without scatter a change of just the margin is within it. */
function isWithin(estimate: PairedEstimate, bound: number, alpha: number): boolean {
  if (estimate.standardError === 0) return estimate.mean <= bound;
  return pBelow(estimate, bound) <= alpha;
}

function statisticsOf(scale: Scale, pWorseOfAll: number, alphaOfOne: number): PairStatistics {
  const ends = intervalOf(scale.harm, LEVEL).map(scale.shown);
  return {
    pairs: scale.harm.n,
    relative: scale.relative,
    change: scale.shown(scale.harm.mean),
    low: Math.min(...ends),
    high: Math.max(...ends),
    pWorse: pWorseOfAll,
    detectable: scale.shown(detectable(scale.harm, alphaOfOne, POWER, scale.margin)),
  };
}
