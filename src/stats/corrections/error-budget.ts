/** Owns the fleet's one error budget: how much of the chance of a false halt each use case and metric may use up. */

/** One test that may halt, by a name of its own and how much it weighs against the others (1). */
export interface BudgetedTest {
  readonly key: string;
  readonly weight?: number;
}

/** What a test may use up. */
export interface ErrorShare {
  readonly alpha: number;
  /** The ln e-value at which it halts: ln(1/alpha). */
  readonly logThreshold: number;
}

/**
 * Splits `alpha` over the tests by weight (weighted Bonferroni): the chance of even one false halt among all of them, at all looks, stays at
 * `alpha` whatever they depend on. Weights must be set before the tests start, and a test that ended keeps its share until the budget is
 * made anew for new experiments. Keys must differ.
 */
export function shareErrors(tests: readonly BudgetedTest[], alpha: number): ReadonlyMap<string, ErrorShare> {
  const total = tests.reduce((sum, { weight = 1 }) => sum + weight, 0);
  return new Map(
    tests.map(({ key, weight = 1 }) => {
      const share = (alpha * weight) / total;
      return [key, { alpha: share, logThreshold: -Math.log(share) }];
    }),
  );
}
