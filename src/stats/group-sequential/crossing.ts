/** Owns the probability that a test statistic looked at several times leaves its bounds, and at which look. */
import { normalCdf, normalUpper } from "../distributions/normal.js";
import { type Grid, gridOf } from "./grid.js";

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
 * The recursion of Armitage, McPherson and Rowe (1969) by Simpson's rule on the grid of Jennison and Turnbull (2000, chapter 19), for
 * statistics Z(t) ~ N(drift·√t, 1) with independent increments of Z(t)·√t; absolute error below 1e-7.
 */
export function crossing({ fractions, lower, upper }: Looks, drift = 0): Crossing {
  const [up, down]: [number[], number[]] = [[], []];
  let inside: Inside | undefined;
  for (const [look, fraction] of fractions.entries()) {
    const [low, high] = [lower[look] ?? -Infinity, upper[look] ?? Infinity];
    up.push(upperMass(inside, fraction, high, drift));
    down.push(lowerMass(inside, fraction, low, drift));
    if (look < fractions.length - 1) inside = stayInside(inside, fraction, low, high, drift);
  }
  return { upper: up, lower: down };
}

/** Probability of being inside so far and above `bound` at `fraction`. */
export function upperMass(inside: Inside | undefined, fraction: number, bound: number, drift: number): number {
  if (inside === undefined) return normalUpper(bound - drift * Math.sqrt(fraction));
  return sumOver(inside, fraction, bound, drift, normalUpper);
}

function lowerMass(inside: Inside | undefined, fraction: number, bound: number, drift: number): number {
  if (inside === undefined) return normalCdf(bound - drift * Math.sqrt(fraction));
  return sumOver(inside, fraction, bound, drift, normalCdf);
}

function sumOver(inside: Inside, fraction: number, bound: number, drift: number, tail: (z: number) => number): number {
  const { points } = inside.grid;
  const step = Math.sqrt(fraction - inside.fraction);
  const shift = (bound * Math.sqrt(fraction) - drift * step * step) / step;
  const slope = Math.sqrt(inside.fraction) / step;
  let sum = 0;
  for (let i = 0; i < points.length; i++) sum += (inside.mass[i] as number) * tail(shift - (points[i] as number) * slope);
  return sum;
}

/** What stays between the bounds at one more look. */
export function stayInside(before: Inside | undefined, fraction: number, lower: number, upper: number, drift: number): Inside {
  const grid = gridOf(drift * Math.sqrt(fraction), lower, upper);
  const mass = new Float64Array(grid.points.length);
  for (let j = 0; j < mass.length; j++) {
    const z = grid.points[j] as number;
    mass[j] =
      (grid.weights[j] as number) * (before === undefined ? densityAt(z - drift * Math.sqrt(fraction)) : moved(before, fraction, z, drift));
  }
  return { grid, mass, fraction };
}

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

function densityAt(z: number): number {
  return Math.exp(-0.5 * z * z) / ROOT_TWO_PI;
}

/** The density of the statistic at `z` after one more look, over all points it may have come from. */
function moved({ grid: { points }, mass, fraction: from }: Inside, fraction: number, z: number, drift: number): number {
  const step = Math.sqrt(fraction - from);
  const shift = (z * Math.sqrt(fraction) - drift * step * step) / step;
  const slope = Math.sqrt(from) / step;
  let sum = 0;
  for (let i = 0; i < points.length; i++) {
    const u = shift - (points[i] as number) * slope;
    if (u < 9 && u > -9) sum += (mass[i] as number) * Math.exp(-0.5 * u * u);
  }
  return (sum * Math.sqrt(fraction)) / (step * ROOT_TWO_PI);
}

/** The density of the statistic at `bound`, of what is inside so far: the slope of `upperMass`. */
export function densityOf(inside: Inside | undefined, fraction: number, bound: number, drift: number): number {
  return inside === undefined ? densityAt(bound - drift * Math.sqrt(fraction)) : moved(inside, fraction, bound, drift);
}
