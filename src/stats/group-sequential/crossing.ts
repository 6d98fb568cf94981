/** Owns the probability that a test statistic looked at several times leaves its bounds, and at which look. */
import { normalCdf, normalUpper } from "../distributions/normal.js";
import { type Grid, firstAbove, gridOf } from "./grid.js";

/** Looks at information fractions (growing, the last is usually 1), and the bounds of the standardized statistic at each. */
export interface Looks {
  readonly fractions: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

export interface Crossing {
  /** Probability of leaving over the upper bound at each look, not before. */
  readonly upper: readonly number[];
  readonly lower: readonly number[];
}

/** The part of the statistic's distribution that stayed inside so far: its density at the grid's points, weights multiplied in. */
export interface Inside {
  readonly grid: Grid;
  readonly mass: Float64Array;
  readonly fraction: number;
}

/**
 * The recursion of Armitage, McPherson and Rowe (1969; Jennison and Turnbull 2000, chapter 19), for statistics Z(t) ~ N(drift·√t, 1) with
 * independent increments of Z(t)·√t, by Gauss and Legendre's points on panels as fine as the looks are near together: absolute error
 * below 1e-9, also with hundreds of looks.
 */
export function crossing({ fractions, lower, upper }: Looks, drift = 0): Crossing {
  const [up, down]: [number[], number[]] = [[], []];
  let inside: Inside | undefined;
  let last = 0;
  for (const [look, fraction] of fractions.entries()) {
    const gained = fraction > last;
    last = Math.max(last, fraction);
    const [low, high] = gained ? [lower[look] ?? -Infinity, upper[look] ?? Infinity] : [-Infinity, Infinity];
    up.push(upperMass(inside, fraction, high, drift));
    down.push(lowerMass(inside, fraction, low, drift));
    const next = nextOf(fractions, look);
    if (next !== undefined && gained) inside = stayInside(inside, { fraction, next, lower: low, upper: high, drift });
  }
  return { upper: up, lower: down };
}

/** The fraction of the next look that brings information. */
export function nextOf(fractions: readonly number[], look: number): number | undefined {
  return fractions.slice(look + 1).find((later) => later > (fractions[look] ?? 0));
}

/** Probability of being inside so far and above `bound` at `fraction`. */
export function upperMass(inside: Inside | undefined, fraction: number, bound: number, drift: number): number {
  if (bound === Infinity) return 0;
  if (inside === undefined) return normalUpper(bound - drift * Math.sqrt(fraction));
  const { shift, slope } = stepTo(inside, fraction, bound, drift);
  const { points } = inside.grid;
  let sum = 0;
  for (let i = firstAbove(points, (shift - 38) / slope); i < points.length; i++) {
    sum += (inside.mass[i] as number) * normalUpper(shift - (points[i] as number) * slope);
  }
  return sum;
}

function lowerMass(inside: Inside | undefined, fraction: number, bound: number, drift: number): number {
  if (bound === -Infinity) return 0;
  if (inside === undefined) return normalCdf(bound - drift * Math.sqrt(fraction));
  const { shift, slope } = stepTo(inside, fraction, bound, drift);
  const { points } = inside.grid;
  const end = firstAbove(points, (shift + 38) / slope);
  let sum = 0;
  for (let i = 0; i < end; i++) sum += (inside.mass[i] as number) * normalCdf(shift - (points[i] as number) * slope);
  return sum;
}

interface OneLook {
  readonly fraction: number;
  /** The fraction of the look after it. */
  readonly next: number;
  readonly lower: number;
  readonly upper: number;
  readonly drift: number;
}

/** What stays between the bounds at one more look. */
export function stayInside(before: Inside | undefined, { fraction, next, lower, upper, drift }: OneLook): Inside {
  const since = before === undefined ? 1 : Math.sqrt((fraction - before.fraction) / fraction);
  const grid = gridOf(drift * Math.sqrt(fraction), lower, upper, Math.min(since, Math.sqrt((next - fraction) / fraction), 1));
  const mass = grid.points.map((z, at) => (grid.weights[at] as number) * densityOf(before, fraction, z, drift));
  return { grid, mass, fraction };
}

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

/** The density of the statistic at `z`, of what is inside so far: over all points it may have come from. */
export function densityOf(inside: Inside | undefined, fraction: number, z: number, drift: number): number {
  if (inside === undefined) return Math.exp(-0.5 * (z - drift * Math.sqrt(fraction)) ** 2) / ROOT_TWO_PI;
  const { shift, slope, step } = stepTo(inside, fraction, z, drift);
  const { points } = inside.grid;
  const { mass } = inside;
  let sum = 0;
  for (let i = firstAbove(points, (shift - NEAR) / slope); i < points.length; i++) {
    const u = shift - (points[i] as number) * slope;
    if (u < -NEAR) break;
    sum += (mass[i] as number) * Math.exp(-0.5 * u * u);
  }
  return (sum * Math.sqrt(fraction)) / (step * ROOT_TWO_PI);
}

/** Steps longer than so many standard deviations are not taken: less than 1e-17 of them are. */
const NEAR = 8.5;

/** From a point p inside the statistic moves to z with the standard normal u = shift − p·slope. */
function stepTo(inside: Inside, fraction: number, z: number, drift: number): { shift: number; slope: number; step: number } {
  const step = Math.sqrt(fraction - inside.fraction);
  return { shift: (z * Math.sqrt(fraction)) / step - drift * step, slope: Math.sqrt(inside.fraction) / step, step };
}
