/** Owns the confidence sequence of a ratio of two rare rates. */
import { turningPoint } from "../distributions/root.js";
import { rareEventTest } from "./rare-events.js";

/** ln of the greatest ratio that is told apart from infinity, and of its inverse from 0. */
const EDGE = 30;

/** The design ratio at every null: the same test then falls with the null ratio, so that it has one turning point. */
const TIMES = 2;

/**
 * Bounds that hold the ratio of the rates, treatment to control, at all looks together with probability 1 − alpha: the ratios that
 * neither of the two exact tests of `rareEventTest`, at alpha / 2 each, has refuted. [0, Infinity] without events.
 */
export function rareRatioInterval(
  treatment: number,
  control: number,
  alpha: number,
  exposureRatio = 1,
): readonly [low: number, high: number] {
  const low = rareRatioLower(treatment, control, alpha / 2, exposureRatio);
  return [low, 1 / rareRatioLower(control, treatment, alpha / 2, 1 / exposureRatio)];
}

/** The one-sided lower bound at error `alpha`: the smallest ratio that is not refuted. */
export function rareRatioLower(treatment: number, control: number, alpha: number, exposureRatio = 1): number {
  if (treatment === 0) return 0;
  function stands(logRatio: number): boolean {
    const nullRatio = Math.exp(logRatio);
    const test = rareEventTest({ nullRatio, exposureRatio, designRatio: TIMES * nullRatio });
    return test(treatment, control) < -Math.log(alpha);
  }
  return stands(-EDGE) ? 0 : Math.exp(turningPoint(-EDGE, EDGE, stands, 50));
}
