/** Owns ratio metrics: the sum of one value over the sum of another, with units as what varies. */
import { type ArmEstimate, covarianceOf } from "./arm.js";

/** Sums over units of numerator and denominator, and of their products. */
export interface RatioSums {
  readonly n: number;
  readonly sum: number;
  readonly sumSquares: number;
  readonly denominatorSum: number;
  readonly denominatorSquares: number;
  /** Sum over units of numerator × denominator. */
  readonly cross: number;
}

/**
 * Numerator over denominator; the variance is that of the linearised unit value (x − R·d) / d̄ (delta method: Deng et al. 2018,
 * eq. 4; Cochran 1977, section 2.11). NaN where the denominator is 0 everywhere.
 */
export function ratioArm({ n, sum, sumSquares, denominatorSum, denominatorSquares, cross }: RatioSums): ArmEstimate {
  const ratio = sum / denominatorSum;
  const scale = denominatorSum / n;
  const spread =
    covarianceOf(n, sum, sum, sumSquares) +
    ratio ** 2 * covarianceOf(n, denominatorSum, denominatorSum, denominatorSquares) -
    2 * ratio * covarianceOf(n, sum, denominatorSum, cross);
  return { n, mean: ratio, variance: Math.max(0, spread / scale ** 2) };
}

/** One stratum of a survey or a fleet: how many units it has in all, and the sums of those seen. */
export interface RatioStratum extends RatioSums {
  readonly population: number;
}

/** The combined ratio over strata that were sampled at different rates, without replacement (Cochran 1977, section 6.11). */
export function stratifiedRatio(strata: readonly RatioStratum[]): { readonly mean: number; readonly standardError: number } {
  const numerator = strata.reduce((all, { population, n, sum }) => all + (population / n) * sum, 0);
  const denominator = strata.reduce((all, { population, n, denominatorSum }) => all + (population / n) * denominatorSum, 0);
  const ratio = numerator / denominator;
  const variance = strata.reduce((all, { population, n, sum, sumSquares, denominatorSum, denominatorSquares, cross }) => {
    const residuals = sum - ratio * denominatorSum;
    const squares = sumSquares + ratio ** 2 * denominatorSquares - 2 * ratio * cross;
    return all + population * (population - n) * (covarianceOf(n, residuals, residuals, squares) / n);
  }, 0);
  return { mean: ratio, standardError: Math.sqrt(variance) / denominator };
}
