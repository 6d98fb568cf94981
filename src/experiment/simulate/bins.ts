/** Owns the bins of a simulated quantile metric: each 1 % wide, so that a quantile is known to 1 %. */
import { normalUpper } from "../../stats/distributions/normal.js";
import type { UnitDraws } from "./blocks.js";
import { drawBinomial } from "./draws.js";
import type { Line } from "./values.js";

const WIDTH = Math.log(1.01);
/** Standard deviations beyond which no unit is put. */
const REACH = 7;
/** From so many units on they are put into bins by their number, not one by one. */
const MANY = 1024;

type Bin = [from: number, to: number, units: number];

export interface Bins {
  readonly byNumber: Map<number, Bin>;
  /** In the order of the values. */
  readonly ordered: Bin[];
}

export function emptyBins(): Bins {
  return { byNumber: new Map(), ordered: [] };
}

/** Adds units with lognormal values on a line. */
export function addToBins(bins: Bins, units: number, spread: number, line: Line, draws: UnitDraws): void {
  if (units < MANY) for (let unit = 0; unit < units; unit++) put(bins, binOf(valueAt(draws.normal(), spread, line)), 1);
  else addMany(bins, units, spread, line, draws);
}

/** The number in each bin, one after the other: binomial among those that are left. */
function addMany(bins: Bins, units: number, spread: number, line: Line, { uniform }: UnitDraws): void {
  let left = units;
  let above = 1;
  const last = binOf(valueAt(REACH, spread, line));
  for (let bin = binOf(valueAt(-REACH, spread, line)); bin <= last && left > 0; bin++) {
    const beyond = normalUpper(normalAt(Math.exp((bin + 1) * WIDTH), spread, line));
    const here = bin === last ? left : drawBinomial(uniform, left, Math.max(0, 1 - beyond / above));
    if (here > 0) put(bins, bin, here);
    left -= here;
    above = Math.max(beyond, Number.MIN_VALUE);
  }
}

function put({ byNumber, ordered }: Bins, bin: number, units: number): void {
  const found = byNumber.get(bin);
  if (found !== undefined) {
    found[2] += units;
    return;
  }
  const made: Bin = [Math.exp(bin * WIDTH), Math.exp((bin + 1) * WIDTH), units];
  byNumber.set(bin, made);
  const at = ordered.findLastIndex(([from]) => from < made[0]);
  ordered.splice(at + 1, 0, made);
}

function valueAt(normal: number, spread: number, { times, add }: Line): number {
  return times * Math.exp(spread * normal - (spread * spread) / 2) + add;
}

function normalAt(value: number, spread: number, { times, add }: Line): number {
  return value <= add ? -Infinity : (Math.log((value - add) / times) + (spread * spread) / 2) / spread;
}

function binOf(value: number): number {
  return Math.floor(Math.log(Math.max(value, 1e-12)) / WIDTH);
}
