/** Owns what is known of one arm: sums over its units, and the mean and variance that come of them. */

/** Sums over the units of an arm; a unit counts once, with its whole value. */
export interface ArmSums {
  readonly n: number;
  readonly sum: number;
  readonly sumSquares: number;
}

/** An arm's mean, the variance of one unit's value (of one unit's linearised value for ratios), and how many units. */
export interface ArmEstimate {
  readonly n: number;
  readonly mean: number;
  readonly variance: number;
}

/** Mean and unbiased variance; variance 0 for fewer than two units. */
export function armOf({ n, sum, sumSquares }: ArmSums): ArmEstimate {
  return { n, mean: n === 0 ? 0 : sum / n, variance: covarianceOf(n, sum, sum, sumSquares) };
}

/** Share of units with an event; variance p(1 − p) (GrowthBook's convention). */
export function proportionArm(events: number, n: number): ArmEstimate {
  const mean = n === 0 ? 0 : events / n;
  return { n, mean, variance: mean * (1 - mean) };
}

/** Unbiased covariance of two values of a unit from their sums and the sum of their products; 0 for fewer than two units. */
export function covarianceOf(n: number, sumA: number, sumB: number, sumProducts: number): number {
  return n < 2 ? 0 : (sumProducts - (sumA * sumB) / n) / (n - 1);
}

/** The sums of both arms, or of several days, together. */
export function addSums(parts: readonly ArmSums[]): ArmSums {
  return parts.reduce((all, each) => ({ n: all.n + each.n, sum: all.sum + each.sum, sumSquares: all.sumSquares + each.sumSquares }), {
    n: 0,
    sum: 0,
    sumSquares: 0,
  });
}
