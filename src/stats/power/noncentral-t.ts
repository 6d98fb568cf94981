/** Owns the noncentral t distribution, by which the power of t tests is told. */
import { logGamma } from "../distributions/gamma.js";
import { normalUpper } from "../distributions/normal.js";

/** Steps of the integration; in the logarithm of s the integrand dies out at both ends, where equal steps err least. */
const STEPS = 600;

/**
 * P(T > t) for (Z + shift) / √(χ²/df): the normal tail at t·s, averaged over the distribution of s = √(χ²/df) (Johnson, Kotz and Balakrishnan
 * 1995, section 31.4).
 */
export function noncentralUpper(t: number, df: number, shift: number): number {
  const spread = 12 / Math.sqrt(2 * df);
  const [from, to] = [-spread - 40 / df, Math.max(Math.min(spread, 3), 0.5 * Math.log1p(100 / df))];
  const width = (to - from) / STEPS;
  const constant = Math.LN2 + (df / 2) * Math.log(df / 2) - logGamma(df / 2);
  let sum = 0;
  for (let step = 0; step <= STEPS; step++) {
    const u = from + step * width;
    const s = Math.exp(u);
    sum += Math.exp(constant + df * u - (df * s * s) / 2) * normalUpper(t * s - shift);
  }
  return sum * width;
}
