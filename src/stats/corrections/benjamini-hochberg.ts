/** Owns the correction of Benjamini and Hochberg: a share of false findings among those found. */

/**
 * Adjusted p-values in the order given (Benjamini and Hochberg 1995): of those at or below alpha at most a share alpha is expected to be
 * false, for independent or positively dependent tests. For choosing what to look at; not for halting.
 */
export function benjaminiHochberg(p: readonly number[]): number[] {
  const order = p.map((_, index) => index).toSorted((a, b) => (p[b] ?? 1) - (p[a] ?? 1));
  const adjusted = Array.from<number>({ length: p.length }).fill(1);
  let least = 1;
  for (const [back, index] of order.entries()) {
    least = Math.min(least, ((p[index] ?? 1) * p.length) / (p.length - back));
    adjusted[index] = least;
  }
  return adjusted;
}
