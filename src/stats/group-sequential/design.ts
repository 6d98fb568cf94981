/** Owns what a group-sequential design costs and gives: power, inflation, expected information, repeated intervals. */
import { normalUpperQuantile } from "../distributions/normal.js";
import { rootOf } from "../distributions/root.js";
import { type GroupBounds, looksOf } from "./boundaries.js";
import { crossing } from "./crossing.js";

/** The probability that the effect is found by each look, on its own side; `drift` is the expected statistic at fraction 1. */
export function powerByLook(bounds: GroupBounds, drift: number): number[] {
  return cumulated(crossing(looksOf(bounds), drift).upper);
}

/** The probability that the test has ended by each look, on either side. */
function endedByLook(bounds: GroupBounds, drift: number): number[] {
  const { upper, lower } = crossing(looksOf(bounds), drift);
  return cumulated(upper.map((each, look) => each + (lower[look] ?? 0)));
}

function cumulated(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((each) => (sum += each));
}

/** The drift with which the design has this power. */
export function driftFor(bounds: GroupBounds, power: number): number {
  return rootOf(0, 12, (drift) => (powerByLook(bounds, drift).at(-1) ?? 0) - power);
}

/** How much more information at most than a test with one look of the same error and power (Jennison and Turnbull 2000, section 2.3). */
export function inflation(bounds: GroupBounds, power: number): number {
  const fixed = normalUpperQuantile(bounds.alpha / bounds.sides) + normalUpperQuantile(1 - power);
  return (driftFor(bounds, power) / fixed) ** 2;
}

/** The expected information fraction at the end: looks after the first crossing are saved. */
export function expectedFraction(bounds: GroupBounds, drift: number): number {
  const { fractions } = bounds;
  const ended = endedByLook(bounds, drift);
  return fractions.reduce((sum, fraction, look) => sum + (fraction - (fractions[look - 1] ?? 0)) * (1 - (ended[look - 1] ?? 0)), 0);
}

/** The repeated confidence interval at look `look` (Jennison and Turnbull 1989): all looks' intervals together hold the truth with 1 − alpha. */
export function repeatedInterval(
  bounds: GroupBounds,
  look: number,
  { mean, standardError }: { readonly mean: number; readonly standardError: number },
): readonly [low: number, high: number] {
  const reach = (bounds.bounds[look] ?? Infinity) * standardError;
  return [mean - reach, bounds.sides === 1 ? Infinity : mean + reach];
}
