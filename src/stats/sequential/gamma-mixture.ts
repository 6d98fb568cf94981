/** Owns the gamma mixtures: one-sided e-processes for sums with exponential or Poisson tails. */
import { gammaLower, logGamma, logGammaUpper } from "../distributions/gamma.js";
import { type Mixture, mixtureBound } from "./mixture.js";
import { bestPrecision } from "./normal-mixture.js";

/**
 * The gamma-exponential mixture for sub-exponential sums of scale `c` (Howard et al. 2021, proposition 9), tuned to intrinsic time
 * `tuning` at `alpha`.
 */
export function gammaExponentialMixture(tuning: number, alpha: number, c: number): Mixture {
  const square = c * c;
  const shape = bestPrecision(tuning, alpha, 1) / square;
  const leading = shape * Math.log(shape) - logGamma(shape) - Math.log(gammaLower(shape, shape));
  function logE(s: number, v: number): number {
    const [a, x] = [v / square + shape, (c * s + v) / square];
    return leading + logGamma(a) + Math.log(gammaLower(a, x + shape)) - a * Math.log(x + shape) + x;
  }
  return { logE, bound: (v, at) => mixtureBound(logE, v, at) };
}

/** The gamma-Poisson mixture for sub-Poisson sums of scale `c` (Howard et al. 2021, proposition 10). */
export function gammaPoissonMixture(tuning: number, alpha: number, c: number): Mixture {
  const square = c * c;
  const shape = bestPrecision(tuning, alpha, 1) / square;
  const leading = shape * Math.log(shape) - logGamma(shape) - logGammaUpper(shape, shape);
  function logE(s: number, v: number): number {
    const x = v / square + shape;
    const a = s / c + x;
    return leading + logGamma(a) + logGammaUpper(a, x) - a * Math.log(x) + v / square;
  }
  return { logE, bound: (v, at) => mixtureBound(logE, v, at) };
}
