/** Owns Holm's correction: one error rate over many tests. */

/**
 * Adjusted p-values in the order given (Holm 1979): rejecting those at or below alpha keeps the chance of even one false rejection
 * at alpha, whatever the tests depend on. `family` counts the tests that belong to it, also those not listed (p = 1).
 */
export function holm(p: readonly number[], family = p.length): number[] {
  const order = p.map((_, index) => index).toSorted((a, b) => (p[a] ?? 1) - (p[b] ?? 1));
  const adjusted = Array.from<number>({ length: p.length }).fill(1);
  let least = 0;
  for (const [rank, index] of order.entries()) {
    least = Math.max(least, Math.min(1, (p[index] ?? 1) * (family - rank)));
    adjusted[index] = least;
  }
  return adjusted;
}
