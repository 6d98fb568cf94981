/** Owns the ranks between which a quantile lies at every look: all that a confidence sequence needs of one arm's values. */
import { firstWhere } from "../distributions/root.js";
import { betaBinomialMixture } from "./beta-binomial-mixture.js";
import { type Bin, distributionOf, valueAtRank } from "./distribution.js";
import type { Mixture } from "./mixture.js";

export interface QuantileTuning {
  /** Units in the arm at which the bounds shall be narrowest. */
  readonly plannedUnits: number;
  /** The error that they are tuned for. */
  readonly alpha: number;
}

/**
 * Ranks (1 = smallest value) of the order statistics that hold the q-quantile at all looks together with probability 1 − alpha:
 * the counts of smaller values that the two-sided beta-binomial mixture has not refuted (Howard and Ramdas 2022, "Sequential
 * estimation of quantiles with applications to A/B testing and best-arm identification", Bernoulli 28, arXiv 1906.09712, theorem 1
 * with the mixture of its section 3). `low` 0 and `high` n + 1 mean: no bound on that side yet.
 */
export function quantileRanks(
  n: number,
  q: number,
  alpha: number,
  tuning: QuantileTuning,
): { readonly low: number; readonly high: number } {
  if (n === 0) return { low: 0, high: 1 };
  const mixture = twoSided(q, tuning);
  const threshold = -Math.log(alpha);
  function refuted(count: number): boolean {
    return mixture.logE(count - q * n, q * (1 - q) * n) >= threshold;
  }
  const middle = Math.round(q * n);
  return {
    low: firstWhere(0, middle, (count) => !refuted(count)),
    high: firstWhere(middle, n + 1, (count) => refuted(count)),
  };
}

/** The interval itself. Infinite where there is no bound yet; bins widen it, never narrow it. */
export function quantileInterval(
  bins: readonly Bin[],
  q: number,
  alpha: number,
  tuning: QuantileTuning,
): readonly [low: number, high: number] {
  const [lows, highs] = [distributionOf(bins, "low"), distributionOf(bins, "high")];
  const { low, high } = quantileRanks(lows.n, q, alpha, tuning);
  return [valueAtRank(lows, low), valueAtRank(highs, high)];
}

/** The q-quantile: the smallest value with at least a share q of the units at or below it; a bin's units lie at the `end` that is told. */
export function quantileOf(bins: readonly Bin[], q: number, end: "low" | "high" = "high"): number {
  const values = distributionOf(bins, end);
  return values.n === 0 ? NaN : valueAtRank(values, Math.max(1, Math.ceil(q * values.n)));
}

/**
 * ln e-values of one arm against a value of its quantile, from counts alone. `above` speaks against "the quantile is at most x", from
 * how many values are ≤ x; `below` against "it is at least x", from how many are < x.
 */
export interface QuantileEvidence {
  above(atMost: number, n: number): number;
  below(less: number, n: number): number;
}

/** One-sided beta-binomial mixtures: they bet on fewer values below x than q·n, or on more. */
export function quantileEvidence(q: number, tuning: QuantileTuning): QuantileEvidence {
  const planned = q * (1 - q) * tuning.plannedUnits;
  const up = betaBinomialMixture(planned, tuning.alpha, { g: 1 - q, h: q, sides: 1 });
  const down = betaBinomialMixture(planned, tuning.alpha, { g: q, h: 1 - q, sides: 1 });
  return {
    above: (atMost, n) => up.logE(q * n - atMost, q * (1 - q) * n),
    below: (less, n) => down.logE(less - q * n, q * (1 - q) * n),
  };
}

function twoSided(q: number, { plannedUnits, alpha }: QuantileTuning): Mixture {
  return betaBinomialMixture(q * (1 - q) * plannedUnits, alpha, { g: q, h: 1 - q, sides: 2 });
}
