/** Owns quantile metrics: evidence that a quantile differs by more than a margin, and always-valid bounds of the difference. */
import type { HistogramBin } from "../../model/arm-statistics.js";
import type { Metric } from "../../model/experiment.js";
import { quantileDifferenceInterval, quantileHarmLogE } from "../../stats/sequential/quantile-difference.js";
import { quantileOf } from "../../stats/sequential/quantile-ranks.js";
import { harmSign } from "./effect.js";
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
