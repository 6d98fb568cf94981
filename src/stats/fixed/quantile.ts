/** Owns a quantile with one look: its exact interval, and its standard error for comparisons of two arms. */
import { regularizedBeta } from "../distributions/beta.js";
import { firstWhere } from "../distributions/root.js";
import { normalUpperQuantile } from "../distributions/normal.js";
import type { ArmEstimate } from "./arm.js";
import { type RatioSums, ratioArm } from "./ratio.js";

/**
 * Ranks (1 = smallest value) whose values hold the q-quantile with probability of at least `level` at one look: by the binomial
 * distribution of how many values lie below it (Hahn and Meeker 1991, section 5.2). 0 and n + 1: no bound on that side.
 */
export function quantileRanksOnce(n: number, q: number, level: number): { readonly low: number; readonly high: number } {
  const tail = (1 - level) / 2;
  const low = firstWhere(0, n, (count) => atMost(count, n, q) > tail);
  const high = firstWhere(0, n + 1, (count) => 1 - atMost(count - 1, n, q) <= tail);
  return { low, high };
}

/** P(at most `count` of n), each with chance q: the binomial distribution by the beta function (Abramowitz and Stegun 26.5.24). */
function atMost(count: number, n: number, q: number): number {
  if (count < 0) return 0;
  return count >= n ? 1 : regularizedBeta(1 - q, n - count, count + 1);
}

/** What is known of a quantile in one arm; `designEffect` is how much more it varies than with independent values (1). */
export interface QuantileSums {
  readonly n: number;
  readonly estimate: number;
  /** Values at the ranks `errorRanks` names. */
  readonly lower: number;
  readonly upper: number;
  readonly designEffect?: number;
}

/** The level of the interval that the standard error is read off. */
const LEVEL = 0.95;

/** Ranks nq ± z·√(nq(1−q)) whose distance in values is 2z standard errors (Statsig's and GrowthBook's outer interval; Deng et al. 2018, section 4). */
export function errorRanks(n: number, q: number): { readonly low: number; readonly high: number } {
  const reach = normalUpperQuantile((1 - LEVEL) / 2) * Math.sqrt(n * q * (1 - q));
  return { low: Math.max(1, Math.floor(n * q - reach)), high: Math.min(n, Math.ceil(n * q + reach) + 1) };
}

/** The quantile as an arm's estimate, for `absoluteEffect` and `relativeEffect`. */
export function quantileArm({ n, estimate, lower, upper, designEffect = 1 }: QuantileSums): ArmEstimate {
  const error = (upper - lower) / (2 * normalUpperQuantile((1 - LEVEL) / 2));
  return { n, mean: estimate, variance: Math.max(0, n - 1) * error ** 2 * designEffect };
}

/** The same from values in growing order. */
export function quantileArmOf(sorted: readonly number[] | Float64Array, q: number): ArmEstimate {
  const n = sorted.length;
  const { low, high } = errorRanks(n, q);
  const estimate = sorted[Math.max(0, Math.ceil(q * n) - 1)] ?? NaN;
  return quantileArm({ n, estimate, lower: sorted[low - 1] ?? NaN, upper: sorted[high - 1] ?? NaN });
}

/**
 * The design effect of values that come in clusters (several calls of a device): variance of the share below the quantile with clusters
 * as units, over q(1 − q)/n (gbstats: `QuantileClusteredStatistic`). Sums are over clusters: values at most the quantile, and values.
 */
export function quantileDesignEffect(clusters: RatioSums, q: number): number {
  const clustered = ratioArm(clusters);
  return clustered.variance / clusters.n / ((q * (1 - q)) / clusters.denominatorSum);
}
