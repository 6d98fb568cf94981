/** Owns how many units a comparison of two means needs before it starts, and the smallest change it can find. */
import { normalUpperQuantile } from "../distributions/normal.js";
import { doubledUntil, turningPoint } from "../distributions/root.js";
import { upperQuantile } from "../student-t.js";
import { noncentralUpper } from "./noncentral-t.js";
import type { PowerGoal } from "./proportions.js";

/** Power of the two-sample t test with `units` in each arm for a change of `effect` standard deviations (R's `power.t.test`). */
export function powerForMeans(effect: number, units: number, { alpha, sides }: Omit<PowerGoal, "power">): number {
  const df = 2 * (units - 1);
  return noncentralUpper(upperQuantile(alpha / sides, df), df, Math.sqrt(units / 2) * effect);
}

/** Units in each arm to find a change of `effect` standard deviations; a fraction, to be rounded up. */
export function unitsForMeans(effect: number, goal: PowerGoal): number {
  function enough(units: number): boolean {
    return powerForMeans(effect, units, goal) >= goal.power;
  }
  return turningPoint(2, doubledUntil(4, enough), enough);
}

/** The smallest change, in the metric's unit, that `units` in each arm find; `deviation` is the standard deviation of a unit's value. */
export function detectableMean(deviation: number, units: number, goal: PowerGoal): number {
  const normal = normalUpperQuantile(goal.alpha / goal.sides) + normalUpperQuantile(1 - goal.power);
  const near = normal * Math.sqrt(2 / units);
  return deviation * turningPoint(near / 2, near * 50, (effect) => powerForMeans(effect, units, goal) >= goal.power);
}

/** Units in each arm to show that a mean is no more than `margin` worse when the truth is no change; alpha is one-sided. */
export function unitsForNoWorseMean(deviation: number, margin: number, goal: Omit<PowerGoal, "sides">): number {
  return unitsForMeans(margin / deviation, { ...goal, sides: 1 });
}

/**
 * The power that each of `guardrails` needs, so that all of them pass together with probability `power`: 1 − (1 − power)/guardrails
 * (Schultzberg, Ankargren and Frånberg 2024, "Risk-aware product decisions in A/B tests with multiple metrics", Spotify).
 */
export function powerPerGuardrail(power: number, guardrails: number): number {
  return 1 - (1 - power) / Math.max(1, guardrails);
}
