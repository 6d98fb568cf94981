/** Owns the asymptotic confidence sequence of an effect: valid at every look once the central limit theorem holds. */
import { bestPrecision, logOneSidedNormal, logTwoSidedNormal, oneSidedNormalBound, twoSidedNormalBound } from "./normal-mixture.js";

/** An effect seen so far: its estimate and standard error, and the units of both arms together. */
export interface SeenEffect {
  readonly mean: number;
  readonly standardError: number;
  readonly n: number;
}

/**
 * The mixing precision for a sequence that shall be narrowest at `plannedUnits` (both arms) and error `alpha`; it is 1/ρ² of
 * Waudby-Smith et al., arXiv 2103.06476v7 eq. 161, which GrowthBook tunes by (default 5,000). It must be fixed before the first look.
 */
export function tunedPrecision(plannedUnits: number, alpha: number, sides: 1 | 2 = 2): number {
  return bestPrecision(plannedUnits, alpha, sides);
}

/** Half the width of the two-sided sequence (Waudby-Smith et al., eq. 9). */
export function twoSidedReach({ standardError, n }: SeenEffect, alpha: number, precision: number): number {
  return (standardError * twoSidedNormalBound(n, alpha, precision)) / Math.sqrt(n);
}

/** The two-sided sequence's interval: it holds the true effect at all looks together with probability 1 − alpha. */
export function sequentialInterval(effect: SeenEffect, alpha: number, precision: number): readonly [low: number, high: number] {
  const reach = twoSidedReach(effect, alpha, precision);
  return [effect.mean - reach, effect.mean + reach];
}

/** P-value that holds at any look, for "the true effect is `at`" (Waudby-Smith et al., eq. 155). */
export function sequentialPValue(effect: SeenEffect, precision: number, at = 0): number {
  return Math.min(1, Math.exp(-logTwoSidedNormal(sumOf(effect, at), effect.n, precision)));
}

/**
 * ln e-value against "the true effect is at most `bound`" (or, `below`, at least): the one-sided normal mixture. Halting where it
 * reaches ln(1/alpha) errs with probability alpha over all looks.
 */
export function oneSidedLogE(effect: SeenEffect, precision: number, bound = 0, side: "above" | "below" = "above"): number {
  const s = sumOf(effect, bound);
  return logOneSidedNormal(side === "above" ? s : -s, effect.n, precision);
}

/** How far the one-sided bound that belongs to `oneSidedLogE` lies from the estimate. */
export function oneSidedReach({ standardError, n }: SeenEffect, alpha: number, precision: number): number {
  return (standardError * oneSidedNormalBound(n, alpha, precision)) / Math.sqrt(n);
}

/**
 * The one-sided reach in the closed form that GrowthBook uses (Waudby-Smith et al., eq. 134): a little wider than `oneSidedReach`.
 */
export function closedOneSidedReach({ standardError, n }: SeenEffect, alpha: number, precision: number): number {
  const total = 1 + n / precision;
  return standardError * Math.sqrt(2 * (1 + precision / n) * Math.log1p(Math.sqrt(total) / (2 * alpha)));
}

/** The p-value that belongs to `closedOneSidedReach`, for "the true effect is at most `bound`"; 1 on the harmless side. */
export function closedOneSidedPValue(effect: SeenEffect, precision: number, bound = 0): number {
  const z = (effect.mean - bound) / effect.standardError;
  if (!(z > 0)) return 1;
  const exponent = (z * z) / (2 * (1 + precision / effect.n));
  return Math.min(1, Math.sqrt(1 + effect.n / precision) / (2 * Math.expm1(exponent)));
}

/** The effect as a sum of n unit-variance values; units that do not scatter show nothing. */
function sumOf({ mean, standardError, n }: SeenEffect, at: number): number {
  return standardError > 0 ? ((mean - at) / standardError) * Math.sqrt(n) : 0;
}
