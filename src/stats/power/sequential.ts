/** Owns what a confidence sequence can find with the units at hand: it needs more than a test with one look. */
import { normalUpperQuantile } from "../distributions/normal.js";
import { doubledUntil, turningPoint } from "../distributions/root.js";
import { oneSidedReach, tunedPrecision } from "../sequential/asymptotic.js";

/** What is known before an always-valid test starts: a unit's standard deviation, its error, the power, and the units it is tuned to (both arms). */
export interface SequentialPlan {
  readonly deviation: number;
  readonly alpha: number;
  readonly power: number;
  readonly plannedUnits: number;
}

/**
 * The harm beyond the margin that an always-valid one-sided test has found by `units` (both arms of equal size) with at least this power:
 * the reach of its bound plus the quantile of the estimate. Looks before can only add to the power.
 */
export function detectableHarm(units: number, { deviation, alpha, power, plannedUnits }: SequentialPlan): number {
  const standardError = (2 * deviation) / Math.sqrt(units);
  const reach = oneSidedReach({ mean: 0, standardError, n: units }, alpha, tunedPrecision(plannedUnits, alpha, 1));
  return reach + normalUpperQuantile(1 - power) * standardError;
}

/** Units of both arms together until a harm of this size is found with this power. */
export function unitsForHarm(harm: number, plan: SequentialPlan): number {
  function enough(units: number): boolean {
    return detectableHarm(units, plan) <= harm;
  }
  return turningPoint(1, doubledUntil(16, enough), enough);
}
