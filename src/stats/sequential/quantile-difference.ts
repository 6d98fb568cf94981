/** Owns the comparison of a quantile between two arms at any look: evidence of harm beyond a margin, and bounds of the difference. */
import { firstWhere, turningPoint } from "../distributions/root.js";
import { type QuantileEvidence, type QuantileTuning, quantileEvidence } from "./quantile-ranks.js";

/** Values of the units of an arm in growing order. */
export type Sorted = readonly number[] | Float64Array;

/** How far the search for the least e-value may stop below it, as a logarithm. */
const SLACK = 0.01;

/**
 * ln e-value against "the q-quantile of treatment is at most that of control plus `margin`". For any place x of control's quantile, the
 * evidence that control's lies below x and that treatment's lies above x + margin multiplies; the least product over x speaks against
 * all of the null (Howard and Ramdas 2022, section 5, arXiv 1906.09712). Half of each arm's bet is kept, so that a bet on the wrong side
 * costs a factor of two at most. For "treatment's is at least control's less margin", change the arms.
 */
export function quantileHarmLogE(treatment: Sorted, control: Sorted, q: number, margin: number, tuning: QuantileTuning): number {
  if (treatment.length === 0 || control.length === 0) return 0;
  return leastProduct(treatment, control, margin, quantileEvidence(q, tuning));
}

/** Bounds that hold the difference of the quantiles, treatment less control, at all looks together with probability 1 − alpha. */
export function quantileDifferenceInterval(
  treatment: Sorted,
  control: Sorted,
  q: number,
  alpha: number,
  tuning: QuantileTuning,
): readonly [low: number, high: number] {
  const low = differenceLower(treatment, control, q, alpha / 2, tuning);
  const mirrored = differenceLower(control, treatment, q, alpha / 2, tuning);
  return [low, -mirrored];
}

/** The smallest difference that is not refuted, at error alpha on this side. */
function differenceLower(treatment: Sorted, control: Sorted, q: number, alpha: number, tuning: QuantileTuning): number {
  if (treatment.length === 0 || control.length === 0) return -Infinity;
  const evidence = quantileEvidence(q, tuning);
  const [least, greatest] = [(treatment[0] ?? 0) - (control.at(-1) ?? 0), (treatment.at(-1) ?? 0) - (control[0] ?? 0)];
  function stands(margin: number): boolean {
    return leastProduct(treatment, control, margin, evidence) < -Math.log(alpha);
  }
  const edge = least - 1 - Math.abs(least) * 1e-9;
  return stands(edge) ? -Infinity : turningPoint(edge, greatest, stands, 60);
}

/** A value of treatment, by its place, with the evidence of both arms there. */
interface Place {
  readonly at: number;
  readonly treatment: number;
  readonly control: number;
}

/**
 * Only x = (a value of treatment) − margin can be the least: there the evidence of treatment has just fallen. It falls along these
 * while that of control grows, so that a range of them is bounded by its two ends: halving those that may hold the least finds it.
 */
function leastProduct(treatment: Sorted, control: Sorted, margin: number, evidence: QuantileEvidence): number {
  function placeAt(at: number): Place {
    const value = treatment[at] as number;
    const atMost = countWhere(treatment, (each) => each <= value);
    const less = countWhere(control, (each) => each < value - margin);
    return {
      at,
      treatment: halved(evidence.above(atMost, treatment.length)),
      control: halved(evidence.below(less, control.length)),
    };
  }
  const [first, last] = [placeAt(0), placeAt(treatment.length - 1)];
  const ranges: (readonly [from: Place, to: Place])[] = [[first, last]];
  let best = Math.min(first.treatment + first.control, last.treatment + last.control);
  let least = best;
  for (let range = ranges.pop(); range !== undefined; range = ranges.pop()) {
    const [from, to] = range;
    if (to.at - from.at < 2) continue;
    const bound = to.treatment + from.control;
    if (bound >= best - SLACK) {
      least = Math.min(least, bound);
      continue;
    }
    const middle = placeAt(Math.floor((from.at + to.at) / 2));
    best = Math.min(best, middle.treatment + middle.control);
    ranges.push([from, middle], [middle, to]);
  }
  return Math.min(least, best);
}

function halved(logE: number): number {
  return logE > 30 ? logE - Math.LN2 : Math.log((1 + Math.exp(logE)) / 2);
}

/** How many of the values, in growing order, are so; those that are come first. */
function countWhere(sorted: Sorted, isSo: (value: number) => boolean): number {
  return firstWhere(0, sorted.length, (at) => !isSo(sorted[at] as number));
}
