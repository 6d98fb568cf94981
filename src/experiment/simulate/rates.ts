/** Owns shares and quartiles over simulated runs, with how sure they are. */
import type { Rate, Spread } from "../../model/simulation.js";
import { betaQuantile } from "../../stats/distributions/beta.js";
import { normalQuantile } from "../../stats/distributions/normal.js";

const LEVEL = 0.95;
const TAIL = (1 - LEVEL) / 2;

/** `count` of `of` runs, with the exact 95 % band (Clopper and Pearson 1934). */
export function rateOf(count: number, of: number): Rate {
  const low = count === 0 ? 0 : betaQuantile(TAIL, count, of - count + 1);
  const high = count === of ? 1 : betaQuantile(1 - TAIL, count + 1, of - count);
  return { count, of, rate: of === 0 ? 0 : count / of, band: [low, high] };
}

/** Quartiles, and the 95 % band of the median between two of the values (order statistics, by the normal approximation). */
export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const reach = (normalQuantile(1 - TAIL) * Math.sqrt(sorted.length)) / 2;
  const centre = (sorted.length - 1) / 2;
  return {
    lower: at(sorted, centre / 2),
    median: at(sorted, centre),
    upper: at(sorted, 1.5 * centre),
    band: [at(sorted, Math.floor(centre - reach)), at(sorted, Math.ceil(centre + reach))],
  };
}

/** The value at a rank, between two where it is none; the first or last beyond them. */
function at(sorted: readonly number[], rank: number): number {
  const within = Math.min(Math.max(rank, 0), sorted.length - 1);
  const [low = 0, high = low] = [sorted[Math.floor(within)], sorted[Math.ceil(within)]];
  return low + (high - low) * (within - Math.floor(within));
}

export interface MeanOfRuns {
  readonly mean: number | null;
  readonly error: number | null;
}

/** The mean over runs and its standard error. */
export function meanOf(values: readonly number[]): MeanOfRuns {
  const n = values.length;
  if (n === 0) return { mean: null, error: null };
  const mean = values.reduce((sum, each) => sum + each, 0) / n;
  const squares = values.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  return { mean, error: n < 2 ? null : Math.sqrt(squares / (n - 1) / n) };
}
