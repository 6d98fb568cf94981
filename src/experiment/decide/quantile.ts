/** Owns quantile metrics: evidence that a quantile differs by more than a margin, and always-valid bounds of the difference. */
import type { HistogramBin } from "../../model/arm-statistics.js";
import type { Metric } from "../../model/experiment.js";
import type { ArmEstimate } from "../../stats/fixed/arm.js";
import { errorRanks, quantileArm } from "../../stats/fixed/quantile.js";
import { quantileDifferenceInterval, quantileHarmLogE } from "../../stats/sequential/quantile-difference.js";
import { quantileOf } from "../../stats/sequential/quantile-ranks.js";
import { type Effect, harmSign } from "./effect.js";
import { PLANNED_UNITS } from "./planned-units.js";
import type { MetricStrata } from "./strata.js";

export interface QuantileEffect {
  readonly treatment: number;
  readonly control: number;
  readonly estimate: number;
  /** Each side holds at all looks together with probability 1 − alpha. */
  readonly interval: readonly [low: number, high: number];
}

/** The difference, with bounds that bins widen and never narrow. */
export function quantileEffect(metric: Metric, strata: MetricStrata, alpha: number): QuantileEffect | undefined {
  const [treatment, control] = [armValues(strata, "treatment"), armValues(strata, "control")];
  if (unitsIn(treatment) < 2 || unitsIn(control) < 2) return undefined;
  const { q = 0.5 } = metric;
  const interval = quantileDifferenceInterval(treatment, control, q, 2 * alpha, tuningOf(metric, alpha));
  const [a, b] = [middle(treatment, q), middle(control, q)];
  return { treatment: a, control: b, estimate: a - b, interval };
}

/** The difference as it is at one look, with its error: for the planned looks at a gate. Values are taken to lie evenly in their bins. */
export function quantileOnce({ q = 0.5 }: Metric, strata: MetricStrata): Effect | undefined {
  const [a, b] = [onceOf(armValues(strata, "treatment"), q), onceOf(armValues(strata, "control"), q)];
  if (a.n < 2 || b.n < 2) return undefined;
  const standardError = Math.sqrt(a.variance / a.n + b.variance / b.n);
  return { estimate: a.mean - b.mean, standardError, n: a.n + b.n, treatment: a.mean, control: b.mean };
}

function onceOf(bins: readonly HistogramBin[], q: number): ArmEstimate {
  const sorted = bins.toSorted((x, y) => x[1] - y[1]);
  const n = unitsIn(sorted);
  const { low, high } = errorRanks(n, q);
  return quantileArm({ n, estimate: evenlyAt(sorted, q * n), lower: evenlyAt(sorted, low), upper: evenlyAt(sorted, high) });
}

function evenlyAt(sorted: readonly HistogramBin[], rank: number): number {
  let before = 0;
  for (const [from, to, units] of sorted) {
    if (before + units >= rank && units > 0) return from + ((to - from) * (rank - before)) / units;
    before += units;
  }
  return sorted.at(-1)?.[1] ?? NaN;
}

/** ln e-value of "worse by more than the margin". */
export function quantileHarm(metric: Metric, strata: MetricStrata, alpha: number): number {
  const [worse, better] = armsOf(metric, strata);
  return quantileHarmLogE(worse, better, metric.q ?? 0.5, metric.margin, tuningOf(metric, alpha));
}

/** ln e-value of "worse by less than the margin". */
export function quantileNoWorse(metric: Metric, strata: MetricStrata, margin: number, alpha: number): number {
  const [worse, better] = armsOf(metric, strata);
  return quantileHarmLogE(better, worse, metric.q ?? 0.5, -margin, tuningOf(metric, alpha));
}

/** The arm whose excess is harm first. */
function armsOf(metric: Metric, strata: MetricStrata): readonly [readonly HistogramBin[], readonly HistogramBin[]] {
  const [treatment, control] = [armValues(strata, "treatment"), armValues(strata, "control")];
  return harmSign(metric) === 1 ? [treatment, control] : [control, treatment];
}

function tuningOf(metric: Metric, alpha: number) {
  return { plannedUnits: metric.plannedUnits ?? PLANNED_UNITS, alpha };
}

/** Bins of all phases: each has arms of equal size, so that both arms mix the phases alike. */
function armValues(strata: MetricStrata, arm: "treatment" | "control"): readonly HistogramBin[] {
  return strata.flatMap((stratum) => stratum[arm].histogram ?? []);
}

function unitsIn(bins: readonly HistogramBin[]): number {
  return bins.reduce((sum, [, , units]) => sum + units, 0);
}

/** The middle of the bin that holds the quantile. */
function middle(bins: readonly HistogramBin[], q: number): number {
  return (quantileOf(bins, q, "low") + quantileOf(bins, q, "high")) / 2;
}
