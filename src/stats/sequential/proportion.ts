/** Owns the exact confidence sequence of one share, as of a crash-free rate. */
import { turningPoint } from "../distributions/root.js";
import { betaBinomialMixture } from "./beta-binomial-mixture.js";

/**
 * Bounds that hold a share at all looks together with probability 1 − alpha: the shares that the two-sided beta-binomial mixture has not
 * refuted (Howard et al. 2021, section 4.1; `bernoulli_confidence_interval` of the package confseq). Narrowest near `plannedUnits`.
 */
export function proportionSequence(
  events: number,
  units: number,
  alpha: number,
  tuning: { readonly plannedUnits: number; readonly alpha?: number },
): readonly [low: number, high: number] {
  if (units === 0) return [0, 1];
  const share = events / units;
  function refuted(p: number): boolean {
    if (p <= 0 || p >= 1) return true;
    const mixture = betaBinomialMixture(p * (1 - p) * tuning.plannedUnits, tuning.alpha ?? 0.05, { g: p, h: 1 - p, sides: 2 });
    return mixture.logE((share - p) * units, p * (1 - p) * units) >= -Math.log(alpha);
  }
  const low = events === 0 ? 0 : turningPoint(0, share, (p) => !refuted(p));
  return [low, events === units ? 1 : turningPoint(share, 1, refuted)];
}
