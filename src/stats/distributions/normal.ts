/** Owns the normal distribution: tails that stay right far out, and quantiles refined beyond the library's. */
import cdf from "@stdlib/stats-base-dists-normal-cdf";
import quantile from "@stdlib/stats-base-dists-normal-quantile";

const LOG_SQRT_2PI = 0.9189385332046727;

/** φ(z), the standard normal density. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z - LOG_SQRT_2PI);
}

/** Φ(z) = P(Z ≤ z). */
export function normalCdf(z: number): number {
  return cdf(z, 0, 1);
}

/** P(Z > z), by the mirrored lower tail: no digits are lost for large z. */
export function normalUpper(z: number): number {
  return cdf(-z, 0, 1);
}

/**
 * ln Φ(z), also where Φ(z) itself is too small for a number: below −20 by the asymptotic series of Mills' ratio
 * (Abramowitz and Stegun 26.2.12, four terms: relative error below 1e-8 there).
 */
export function logNormalCdf(z: number): number {
  if (z > -20) return Math.log(cdf(z, 0, 1));
  const y = 1 / (z * z);
  return -0.5 * z * z - LOG_SQRT_2PI - Math.log(-z) + Math.log1p(-y * (1 - y * (3 - y * (15 - 105 * y))));
}

/**
 * Φ⁻¹(p): the library's value (2e-9 off at 1e-10) corrected by two steps of Halley's method, as Acklam proposes for
 * approximations of this function; below 1e-100 by Newton's method on the logarithm.
 */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p > 0 && p < 1e-100) return farQuantile(Math.log(p));
  let z = quantile(p, 0, 1);
  if (!Number.isFinite(z)) return z;
  for (let step = 0; step < 2; step++) {
    const off = (cdf(z, 0, 1) - p) / normalDensity(z);
    z -= off / (1 + (z * off) / 2);
  }
  return z;
}

/** The slope of ln Φ far out is −z, near enough for steps that shrink by 1/z² each. */
function farQuantile(logP: number): number {
  let z = -Math.sqrt(-2 * logP);
  for (let step = 0; step < 30; step++) z -= (logNormalCdf(z) - logP) / (-z - 1 / z);
  return z;
}

/** The z that is exceeded with probability `tail`. */
export function normalUpperQuantile(tail: number): number {
  return -normalQuantile(tail);
}
