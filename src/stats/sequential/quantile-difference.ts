/** Owns the comparison of a quantile between two arms at any look: evidence of harm beyond a margin, and bounds of the difference. */
import { turningPoint } from "../distributions/root.js";
import { type Bin, type Distribution, countAtMost, countLess, distributionOf } from "./distribution.js";
import { type Place, leastSum } from "./least-sum.js";
import { type QuantileEvidence, type QuantileTuning, quantileEvidence } from "./quantile-ranks.js";

/**
 * ln e-value against "the q-quantile of treatment is at most that of control plus `margin`". For any place x of control's quantile, the
 * evidence that control's lies below x and that treatment's lies above x + margin multiplies; the least product over x speaks against
 * all of the null (Howard and Ramdas 2022, section 5, arXiv 1906.09712). A tenth of each arm's bet is kept back, so that a bet on the
 * wrong side costs a factor of ten at most; what is no evidence (e-values up to 1) is told as 1/100. Bins are read to treatment's
 * advantage. For "treatment's is at least control's less margin", change the arms.
 */
export function quantileHarmLogE(
  treatment: readonly Bin[],
  control: readonly Bin[],
  q: number,
  margin: number,
  tuning: QuantileTuning,
): number {
  return harmLogE(distributionOf(treatment, "low"), distributionOf(control, "high"), margin, quantileEvidence(q, tuning));
}

/** Bounds that hold the difference of the quantiles, treatment less control, at all looks together with probability 1 − alpha. */
export function quantileDifferenceInterval(
  treatment: readonly Bin[],
  control: readonly Bin[],
  q: number,
  alpha: number,
  tuning: QuantileTuning,
): readonly [low: number, high: number] {
  const evidence = quantileEvidence(q, tuning);
  const low = differenceLower(distributionOf(treatment, "low"), distributionOf(control, "high"), alpha / 2, evidence);
  const mirrored = differenceLower(distributionOf(control, "low"), distributionOf(treatment, "high"), alpha / 2, evidence);
  return [low, -mirrored];
}

/** The smallest difference that is not refuted, at error alpha on this side. */
function differenceLower(treatment: Distribution, control: Distribution, alpha: number, evidence: QuantileEvidence): number {
  if (treatment.n === 0 || control.n === 0) return -Infinity;
  const least = (treatment.values[0] as number) - (control.values.at(-1) as number);
  const greatest = (treatment.values.at(-1) as number) - (control.values[0] as number);
  function stands(margin: number): boolean {
    return harmLogE(treatment, control, margin, evidence) < -Math.log(alpha);
  }
  const edge = least - 1 - Math.abs(least) * 1e-9;
  return stands(edge) ? -Infinity : turningPoint(edge, greatest, stands, 60 + Math.ceil(Math.log2(1 + greatest - edge)));
}

/** The part of each arm's bet that is kept back. */
const KEPT = 0.1;

/** The least that two bets can come to; told for all that is no evidence, so that the search may end early. */
const NOTHING = 2 * Math.log(KEPT);

/** Only x = (a value of treatment) − margin can be the least: there the evidence of treatment has just fallen. */
function harmLogE(treatment: Distribution, control: Distribution, margin: number, evidence: QuantileEvidence): number {
  if (treatment.n === 0 || control.n === 0) return 0;
  function placeAt(at: number): Place {
    const value = treatment.values[at] as number;
    return {
      falling: hedged(evidence.above(countAtMost(treatment, value), treatment.n)),
      growing: hedged(evidence.below(countLess(control, value - margin), control.n)),
    };
  }
  return Math.max(NOTHING, leastSum(0, treatment.values.length - 1, placeAt, 0));
}

function hedged(logE: number): number {
  return logE > 40 ? logE + Math.log1p(-KEPT) : Math.log(KEPT + (1 - KEPT) * Math.exp(logE));
}
