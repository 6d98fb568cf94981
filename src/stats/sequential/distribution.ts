/** Owns the values of an arm's units in order, as they are or as a histogram. */
import { firstWhere } from "../distributions/root.js";

/** Units with a value in (from, to]; `from` = `to` where the value is known exactly. In growing order. */
export type Bin = readonly [from: number, to: number, units: number];

/** Places in growing order, and how many units lie at or below each. */
export interface Distribution {
  readonly n: number;
  readonly values: Float64Array;
  readonly upTo: Float64Array;
}

/** Each unit's value by itself; `sorted` in growing order. */
export function binsOf(sorted: readonly number[] | Float64Array): Bin[] {
  return Array.from(sorted, (value) => [value, value, 1] as const);
}

/** The units as if each lay at the low end of its bin, or at the high end. Bins of different phases may overlap. */
export function distributionOf(bins: readonly Bin[], end: "low" | "high"): Distribution {
  const at = end === "low" ? 0 : 1;
  const ordered = isOrdered(bins, at) ? bins : bins.toSorted((a, b) => a[at] - b[at]);
  const [values, upTo] = [new Float64Array(ordered.length), new Float64Array(ordered.length)];
  let n = 0;
  for (let index = 0; index < ordered.length; index++) {
    const bin = ordered[index] as Bin;
    n += bin[2];
    values[index] = bin[at];
    upTo[index] = n;
  }
  return { n, values, upTo };
}

function isOrdered(bins: readonly Bin[], at: 0 | 1): boolean {
  for (let index = 1; index < bins.length; index++) {
    if ((bins[index] as Bin)[at] < (bins[index - 1] as Bin)[at]) return false;
  }
  return true;
}

/** How many units lie at or below `x`. */
export function countAtMost({ values, upTo }: Distribution, x: number): number {
  const after = firstWhere(0, values.length, (at) => (values[at] as number) > x);
  return after === 0 ? 0 : (upTo[after - 1] as number);
}

/** How many units lie below `x`. */
export function countLess({ values, upTo }: Distribution, x: number): number {
  const from = firstWhere(0, values.length, (at) => (values[at] as number) >= x);
  return from === 0 ? 0 : (upTo[from - 1] as number);
}

/** The value of the unit at this rank (1 = smallest); −Infinity and Infinity beyond the ends. */
export function valueAtRank({ n, values, upTo }: Distribution, rank: number): number {
  if (rank <= 0) return -Infinity;
  if (rank > n) return Infinity;
  return values[firstWhere(0, values.length - 1, (at) => (upTo[at] as number) >= rank)] as number;
}
