/** Owns quantile metrics: always-valid bounds of a quantile in both arms, and of their difference. */
import type { ArmStatistics, HistogramBin } from "../../model/arm-statistics.js";
import type { Metric } from "../../model/experiment.js";
import { tunedPrecision } from "../../stats/sequential/asymptotic.js";
import { harmSign } from "./effect.js";
import { shareBounds } from "./share-evidence.js";
import type { MetricStrata } from "./strata.js";

const PLANNED = 5000;

export interface QuantileEffect {
  readonly treatment: number;
  readonly control: number;
  readonly estimate: number;
  /** Holds the difference at all looks together with probability 1 − 2·alpha, each side 1 − alpha. */
  readonly interval: readonly [low: number, high: number];
}

/**
 * Each arm's bounds at alpha / 2: the quantile lies where the empirical distribution's share is not refuted (Howard and Ramdas 2022, arXiv
 * 1906.09712, with a beta-binomial mixture); the difference's are the distances of their ends. Bins widen them, never narrow.
 */
export function quantileEffect(metric: Metric, strata: MetricStrata, alpha: number): QuantileEffect | undefined {
  const q = metric.q ?? 0.5;
  const [treatment, control] = [weightedBins(strata, "treatment"), weightedBins(strata, "control")];
  if (treatment.n < 2 || control.n < 2) return undefined;
  const concentration = tunedPrecision(metric.plannedUnits ?? PLANNED, alpha / 2);
  const [a, b] = [treatment, control].map((bins) => {
    const [low, high] = shareBounds(bins.n, q, concentration, alpha / 2);
    return { value: valueAt(bins, q), low: lowEnd(bins, low), high: highEnd(bins, high) };
  }) as [Ends, Ends];
  return { treatment: a.value, control: b.value, estimate: a.value - b.value, interval: [a.low - b.high, a.high - b.low] };
}

/** Whether the difference is proven to lie beyond the margin on the bad side. */
export function harmOfQuantile(metric: Metric, strata: MetricStrata, alpha: number): boolean {
  const effect = quantileEffect(metric, strata, alpha);
  if (effect === undefined) return false;
  const least = harmSign(metric) === 1 ? effect.interval[0] : -effect.interval[1];
  return least > metric.margin;
}

interface Ends {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

interface Bins {
  readonly n: number;
  readonly bins: readonly HistogramBin[];
}

/** Bins of all phases of an arm; a phase weighs the same in both arms, so that arms of unequal sizes are not compared over other days. */
function weightedBins(strata: MetricStrata, arm: "treatment" | "control"): Bins {
  const bins: HistogramBin[] = [];
  let n = 0;
  for (const stratum of strata) {
    const row: ArmStatistics = stratum[arm];
    const half = (stratum.treatment.units + stratum.control.units) / 2;
    if (row.units === 0) continue;
    const weight = half / row.units;
    for (const [from, to, units] of row.histogram ?? []) bins.push([from, to, units * weight]);
    n += half;
  }
  return { n, bins: strata.length < 2 ? bins : bins.toSorted((a, b) => a[0] - b[0]) };
}

function binAt({ n, bins }: Bins, share: number, beyond: boolean): HistogramBin | undefined {
  const target = share * n;
  let sum = 0;
  return bins.find(([, , units]) => {
    sum += units;
    return beyond ? sum > target : sum >= target;
  });
}

function valueAt(bins: Bins, share: number): number {
  const bin = binAt(bins, share, false) ?? bins.bins.at(-1);
  return bin === undefined ? Number.NaN : (bin[0] + bin[1]) / 2;
}

function lowEnd(bins: Bins, share: number): number {
  return share === 0 ? -Infinity : (binAt(bins, share, false)?.[0] ?? -Infinity);
}

function highEnd(bins: Bins, share: number): number {
  return binAt(bins, share, true)?.[1] ?? Infinity;
}
