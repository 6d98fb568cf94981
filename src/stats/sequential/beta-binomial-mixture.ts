/** Owns the beta-binomial mixture: e-processes for sums of values that lie between two bounds. */
import { logIncompleteBeta } from "../distributions/beta.js";
import { type Mixture, mixtureBound } from "./mixture.js";
import { bestPrecision } from "./normal-mixture.js";

/** Values lie between −g and h, both above 0; intrinsic time is g·h a value. */
export interface BetaBinomialShape {
  readonly g: number;
  readonly h: number;
  readonly sides: 1 | 2;
}

/**
 * The beta-binomial mixture (Howard et al. 2021, propositions 7 and 8), tuned to intrinsic time `tuning` at `alpha`. One-sided it weighs
 * alternatives above 0 only, and then holds as well while the mean is below 0.
 */
export function betaBinomialMixture(tuning: number, alpha: number, { g, h, sides }: BetaBinomialShape): Mixture {
  const r = Math.max(bestPrecision(tuning, alpha, sides) - g * h, 1e-3 * g * h);
  const x = sides === 1 ? h / (g + h) : 1;
  const [down, up] = [g * (g + h), h * (g + h)];
  const normalizer = logIncompleteBeta(x, r / down, r / up);
  const [logG, logH, logBoth] = [Math.log(g), Math.log(h), Math.log(g + h)];
  function logE(s: number, v: number): number {
    const likelihood = (v / (g * h)) * logBoth - ((v + h * s) / up) * logG - ((v - g * s) / down) * logH;
    return likelihood + logIncompleteBeta(x, (r + v - g * s) / down, (r + v + h * s) / up) - normalizer;
  }
  return { logE, bound: (v, at) => mixtureBound(logE, v, at, v / g) };
}
