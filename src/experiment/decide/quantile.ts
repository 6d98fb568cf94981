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
  if (treatment.n < 2 || control.n < 2) return undefined;
  const { q = 0.5 } = metric;
  const tuning = tuningOf(metric, alpha);
  const [low] = quantileDifferenceInterval(treatment.from, control.to, q, 2 * alpha, tuning);
  const [, high] = quantileDifferenceInterval(treatment.to, control.from, q, 2 * alpha, tuning);
  const [a, b] = [middle(treatment, q), middle(control, q)];
  return { treatment: a, control: b, estimate: a - b, interval: [low, high] };
}

/** ln e-value of "worse by more than the margin". */
export function quantileHarm(metric: Metric, strata: MetricStrata, alpha: number): number {
  const [worse, better] = armsOf(metric, strata);
  return quantileHarmLogE(worse.from, better.to, metric.q ?? 0.5, metric.margin, tuningOf(metric, alpha));
}

/** ln e-value of "worse by less than the margin". */
export function quantileNoWorse(metric: Metric, strata: MetricStrata, margin: number, alpha: number): number {
  const [worse, better] = armsOf(metric, strata);
  return quantileHarmLogE(better.from, worse.to, metric.q ?? 0.5, -margin, tuningOf(metric, alpha));
}

/** The arm whose excess is harm first. */
function armsOf(metric: Metric, strata: MetricStrata): readonly [ArmValues, ArmValues] {
  const [treatment, control] = [armValues(strata, "treatment"), armValues(strata, "control")];
  return harmSign(metric) === 1 ? [treatment, control] : [control, treatment];
}

function tuningOf(metric: Metric, alpha: number) {
  return { plannedUnits: metric.plannedUnits ?? PLANNED_UNITS, alpha };
}

/** The units' values in growing order, as their bins' lower and upper ends. */
interface ArmValues {
  readonly n: number;
  readonly from: Float64Array;
  readonly to: Float64Array;
}

/** Of all phases: each has arms of equal size, so that both arms mix the phases alike. */
function armValues(strata: MetricStrata, arm: "treatment" | "control"): ArmValues {
  const bins = strata.flatMap((stratum) => stratum[arm].histogram ?? []);
  const n = bins.reduce((sum, [, , units]) => sum + units, 0);
  return { n, from: filled(bins, 0, n), to: filled(bins, 1, n) };
}

function filled(bins: readonly HistogramBin[], end: 0 | 1, n: number): Float64Array {
  const all = new Float64Array(n);
  let at = 0;
  for (const bin of bins.toSorted((a, b) => a[end] - b[end])) all.fill(bin[end], at, (at += bin[2]));
  return all;
}

function middle({ from, to }: ArmValues, q: number): number {
  return (quantileOf(from, q) + quantileOf(to, q)) / 2;
}
