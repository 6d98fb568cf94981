/** Owns the effect on a metric over all phases: each phase's difference by itself, then weighted by its units. */
import type { Metric } from "../../model/experiment.js";
import { armEstimates } from "./arm-value.js";
import type { MetricStrata } from "./strata.js";

export interface Effect {
  /** Treatment less control. */
  readonly estimate: number;
  readonly standardError: number;
  /** Units of both arms together. */
  readonly n: number;
  /** The arms' own values under the same weights. */
  readonly treatment: number;
  readonly control: number;
}

/**
 * Stratified by phase: weights are the phases' units of both arms, the same for treatment and control, so that days on which more
 * units were exposed never stand against others. (Arms of equal size: the sum of all differences over the number of pairs, whose
 * partial sums are what the sequential bounds are about.) Undefined while no phase has two units in each arm.
 */
export function effectOf(metric: Metric, strata: MetricStrata): Effect | undefined {
  let [n, treatment, control, variance] = [0, 0, 0, 0];
  for (const stratum of strata) {
    const arms = armEstimates(metric, stratum);
    if (arms === undefined) continue;
    const [a, b] = arms;
    const units = a.n + b.n;
    n += units;
    treatment += units * a.mean;
    control += units * b.mean;
    variance += units * units * (Math.max(0, a.variance) / a.n + Math.max(0, b.variance) / b.n);
  }
  if (n === 0) return undefined;
  return {
    estimate: (treatment - control) / n,
    standardError: Math.sqrt(variance) / n,
    n,
    treatment: treatment / n,
    control: control / n,
  };
}

/** +1 where more is worse, −1 where less is: harm is the estimate times this. */
export function harmSign({ better }: Metric): 1 | -1 {
  return better === "lower" ? 1 : -1;
}
