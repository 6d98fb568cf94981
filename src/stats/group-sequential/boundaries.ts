/** Owns the bounds of group-sequential tests: by a spending function at any fractions, or of a classic shape. */
import { normalUpper, normalUpperQuantile } from "../distributions/normal.js";
import { rootOf } from "../distributions/root.js";
import { crossing, densityOf, type Inside, nextOf, stayInside, upperMass } from "./crossing.js";
import type { Spending } from "./spending.js";

export interface GroupDesign {
  /** Information fractions of the looks, growing, above 0. */
  readonly fractions: readonly number[];
  /** The whole error: of both sides together for a two-sided test. */
  readonly alpha: number;
  readonly sides: 1 | 2;
}

export interface GroupBounds extends GroupDesign {
  /** Bound of the standardized statistic at each look (two-sided: of its absolute value). */
  readonly bounds: readonly number[];
}

/**
 * Bounds whose error is spent as `spending` says (Lan and DeMets 1983): neither the number of looks nor their times need be known
 * before. Infinity where nothing is to be spent, as at a look that
 * brought no information. Two-sided tests spend half of alpha on each side.
 */
export function spendingBounds(design: GroupDesign, spending: Spending): GroupBounds {
  const { fractions, alpha, sides } = design;
  const bounds: number[] = [];
  let inside: Inside | undefined;
  let [spent, last] = [0, 0];
  for (const [look, fraction] of fractions.entries()) {
    const target = fraction > last ? spending(fraction, alpha / sides) - spent : 0;
    const bound = boundFor(inside, fraction, target);
    bounds.push(bound);
    spent += Math.max(target, 0);
    const next = nextOf(fractions, look);
    if (next === undefined || !(fraction > last)) continue;
    last = fraction;
    inside = stayInside(inside, { fraction, next, lower: sides === 2 ? -bound : -Infinity, upper: bound, drift: 0 });
  }
  return { ...design, bounds };
}

/** The bound above which `target` of what is inside lies: Newton's method on the logarithm, kept within what is known to hold the root. */
function boundFor(inside: Inside | undefined, fraction: number, target: number): number {
  if (!(target > 1e-300)) return Infinity;
  let [low, high] = [-20, 40];
  let bound = normalUpperQuantile(Math.min(target, 0.5));
  for (let step = 0; step < 200; step++) {
    const mass = upperMass(inside, fraction, bound, 0);
    if (mass > target) low = bound;
    else high = bound;
    const next = bound + (Math.log(mass / target) * mass) / densityOf(inside, fraction, bound, 0);
    const before = bound;
    bound = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(bound - before) < 1e-11) break;
  }
  return bound;
}

/**
 * Bounds C·t^(delta − ½) of Wang and Tsiatis (1987): delta 0 is O'Brien and Fleming (1979), ½ is Pocock (1977). The number of looks
 * is fixed before; C is found so that the whole error is alpha.
 */
export function shapeBounds(design: GroupDesign, delta: number): GroupBounds {
  const shape = design.fractions.map((fraction) => fraction ** (delta - 0.5));
  function boundsAt(constant: number): GroupBounds {
    return { ...design, bounds: shape.map((each) => constant * each) };
  }
  const constant = rootOf(1, 8, (at) => Math.log(errorOf(boundsAt(at)) / design.alpha));
  return boundsAt(constant);
}

/** O'Brien and Fleming's bounds. */
export function obrienFlemingBounds(design: GroupDesign): GroupBounds {
  return shapeBounds(design, 0);
}

/** Pocock's bounds. */
export function pocockBounds(design: GroupDesign): GroupBounds {
  return shapeBounds(design, 0.5);
}

/** Bounds of `early` at all looks but the last, which has what is left of alpha (Haybittle 1971, Peto et al. 1976). */
export function haybittlePetoBounds(design: GroupDesign, early = 3): GroupBounds {
  const before = design.fractions.slice(1).map(() => early);
  function boundsAt(last: number): GroupBounds {
    return { ...design, bounds: [...before, last] };
  }
  return boundsAt(rootOf(0.5, 8, (last) => Math.log(errorOf(boundsAt(last)) / design.alpha)));
}

/** The error of a test with these bounds, both sides together; with a drift (expected statistic at fraction 1) its power. */
export function errorOf(bounds: GroupBounds, drift = 0): number {
  const { upper, lower } = crossing(looksOf(bounds), drift);
  return [...upper, ...lower].reduce((sum, each) => sum + each, 0);
}

/** The bounds as looks: a one-sided test has none below. */
export function looksOf({ fractions, bounds, sides }: GroupBounds): Parameters<typeof crossing>[0] {
  return { fractions, upper: bounds, lower: bounds.map((bound) => (sides === 2 ? -bound : -Infinity)) };
}

/** What a test with one look would have to have as p-value to pass the bound at each look (nominal level, both sides of a two-sided test). */
export function nominalLevels({ bounds, sides }: GroupBounds): number[] {
  return bounds.map((bound) => sides * normalUpper(bound));
}

/** `count` looks after equal steps of information. */
export function equalFractions(count: number): number[] {
  return Array.from({ length: count }, (_, index) => (index + 1) / count);
}

/** The chance that a two-sided test of level `alpha`, looked at `looks` times as if each were the only one, errs (Armitage et al. 1969). */
export function peekingError(looks: number, alpha: number): number {
  const bound = normalUpperQuantile(alpha / 2);
  const bounds = Array.from<number>({ length: looks }).fill(bound);
  return errorOf({ fractions: equalFractions(looks), alpha, sides: 2, bounds });
}
