/** Owns Student's t distribution: its upper tail and its quantiles, as the library computes them. */
import tCdf from "@stdlib/stats-base-dists-t-cdf";
import tQuantile from "@stdlib/stats-base-dists-t-quantile";

/** P(T > t) with `df` degrees of freedom, accurate far out in the tail: the lower tail of the mirrored value. */
export function upperTail(t: number, df: number): number {
  return tCdf(-t, df);
}

/** The t that is exceeded with probability `tail` (0 < tail < 1), again by the mirrored lower tail. */
export function upperQuantile(tail: number, df: number): number {
  return -tQuantile(tail, df);
}
