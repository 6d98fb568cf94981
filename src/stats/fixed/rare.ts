/** Owns the comparison of rare events at one look: exact, from the two counts. */
import { betaQuantile, regularizedBeta } from "../distributions/beta.js";

/** Ratio of the arms' exposure (treatment to control) and the ratio of rates that is not harm. */
export interface RareNull {
  readonly exposureRatio?: number;
  readonly nullRatio?: number;
}

/**
 * P-value of "the rate in treatment is at most `nullRatio` times that in control", for one look: the binomial tail of treatment's events
 * among all (Przyborowski and Wilenski 1940).
 */
export function rareExactP(treatment: number, control: number, { exposureRatio = 1, nullRatio = 1 }: RareNull = {}): number {
  if (treatment === 0) return 1;
  const odds = nullRatio * exposureRatio;
  return regularizedBeta(odds / (1 + odds), treatment, control + 1);
}

/** Bounds that hold the ratio of the rates with probability of at least `level` at one look (Clopper and Pearson 1934 on the chance of treatment). */
export function rareExactInterval(
  treatment: number,
  control: number,
  level: number,
  exposureRatio = 1,
): readonly [low: number, high: number] {
  const tail = (1 - level) / 2;
  const low = treatment === 0 ? 0 : betaQuantile(tail, treatment, control + 1);
  const high = control === 0 ? 1 : betaQuantile(1 - tail, treatment + 1, control);
  return [oddsOf(low) / exposureRatio, oddsOf(high) / exposureRatio];
}

function oddsOf(chance: number): number {
  return chance / (1 - chance);
}
