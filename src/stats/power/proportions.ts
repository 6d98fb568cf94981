/** Owns how many units a comparison of two shares needs before it starts, and the smallest change it can find. */
import { normalUpperQuantile } from "../distributions/normal.js";
import { turningPoint } from "../distributions/root.js";

/** The error of a test and the probability with which it shall find what it looks for. */
export interface PowerGoal {
  readonly alpha: number;
  readonly power: number;
  readonly sides: 1 | 2;
}

/** Units in each arm to tell the shares p1 and p2 apart (R's `power.prop.test`; Fleiss 1981, section 3.2, without continuity correction). */
export function unitsForProportions(p1: number, p2: number, { alpha, power, sides }: PowerGoal): number {
  const [reach, miss] = [normalUpperQuantile(alpha / sides), normalUpperQuantile(1 - power)];
  const pooled = Math.sqrt((p1 + p2) * (1 - (p1 + p2) / 2));
  const apart = Math.sqrt(p1 * (1 - p1) + p2 * (1 - p2));
  return ((reach * pooled + miss * apart) / (p1 - p2)) ** 2;
}

/** The smallest growth of a share of `p1` that `units` in each arm find. */
export function detectableProportion(p1: number, units: number, goal: PowerGoal): number {
  return turningPoint(0, 1 - p1, (more) => unitsForProportions(p1, p1 + more, goal) <= units);
}

/**
 * Units in each arm to show that a share is no more than `margin` worse when both are `p` (Chow, Shao and Wang 2008,
 * section 4.2.2): alpha is one-sided.
 */
export function unitsForNoWorseProportion(p: number, margin: number, { alpha, power }: Omit<PowerGoal, "sides">): number {
  return ((normalUpperQuantile(alpha) + normalUpperQuantile(1 - power)) / margin) ** 2 * 2 * p * (1 - p);
}
