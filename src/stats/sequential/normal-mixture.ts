/** Owns the normal mixture: e-processes for sums that are normal, or nearly so, one-sided and two-sided. */
import { logNormalCdf, normalDensity } from "../distributions/normal.js";
import type { Mixture } from "./mixture.js";

/**
 * The mixing precision ρ that makes the two-sided boundary narrowest at time `v` (Howard et al. 2021, proposition 3, by its
 * closed approximation; the same as eq. 161 of Waudby-Smith et al., arXiv 2103.06476v7). One-sided: the same with 2·alpha, which
 * must be below 1.
 */
export function bestPrecision(v: number, alpha: number, sides: 1 | 2 = 2): number {
  const twice = -2 * Math.log(sides === 1 ? 2 * alpha : alpha);
  return v / (twice + Math.log(1 + twice));
}

/** ln e-value of the two-sided normal mixture (Howard et al. 2021, eq. 3.7). */
export function logTwoSidedNormal(s: number, v: number, precision: number): number {
  return 0.5 * Math.log(precision / (v + precision)) + (s * s) / (2 * (v + precision));
}

/** ln e-value of the one-sided normal mixture, half a normal over positive means (Howard et al. 2021, proposition 6). */
export function logOneSidedNormal(s: number, v: number, precision: number): number {
  const total = v + precision;
  return 0.5 * Math.log((4 * precision) / total) + (s * s) / (2 * total) + logNormalCdf(s / Math.sqrt(total));
}

/** The two-sided boundary in closed form (Howard et al. 2021, eq. 3.8). */
export function twoSidedNormalBound(v: number, alpha: number, precision: number): number {
  return Math.sqrt((v + precision) * (Math.log1p(v / precision) - 2 * Math.log(alpha)));
}

/** The one-sided boundary: Newton's method on u²/2 + ln Φ(u), which is convex; Infinity never arises. */
export function oneSidedNormalBound(v: number, alpha: number, precision: number): number {
  const target = -Math.log(alpha) + 0.5 * Math.log1p(v / precision) - Math.LN2;
  let u = Math.sqrt(2 * Math.max(target, 0)) + 0.1;
  for (let step = 0; step < 50; step++) {
    const log = logNormalCdf(u);
    const move = ((u * u) / 2 + log - target) / (u + normalDensity(u) / Math.exp(log));
    u -= move;
    if (Math.abs(move) < 1e-13) break;
  }
  return u * Math.sqrt(v + precision);
}

/** The two-sided mixture tuned to intrinsic time `tuning` at `alpha`. */
export function twoSidedNormalMixture(tuning: number, alpha: number): Mixture {
  const precision = bestPrecision(tuning, alpha, 2);
  return { logE: (s, v) => logTwoSidedNormal(s, v, precision), bound: (v, at) => twoSidedNormalBound(v, at, precision) };
}

/** The one-sided mixture (sums above 0) tuned to intrinsic time `tuning` at `alpha`. */
export function oneSidedNormalMixture(tuning: number, alpha: number): Mixture {
  const precision = bestPrecision(tuning, alpha, 1);
  return { logE: (s, v) => logOneSidedNormal(s, v, precision), bound: (v, at) => oneSidedNormalBound(v, at, precision) };
}
