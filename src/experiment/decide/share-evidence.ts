/** Owns the sequential test of a share: of how many of n fall on one side, where each does with a known chance. */
import { logBeta } from "../../stats/distributions/beta.js";

/**
 * ln e-value against "each falls on the one side with chance `share`": the Dirichlet-multinomial e-process of two classes (Lindon and
 * Malek 2022, arXiv 2011.03567), with a Beta prior of mean `share`. Valid at every look. Counts need not be whole numbers.
 *
 * @param concentration sum of the prior's parameters: the greater, the nearer to `share` it looks
 */
export function shareLogE(hits: number, misses: number, share: number, concentration: number): number {
  const [a, b] = [concentration * share, concentration * (1 - share)];
  return logBeta(a + hits, b + misses) - logBeta(a, b) - hits * Math.log(share) - misses * Math.log1p(-share);
}

/** The shares of n that are not refuted at `alpha`, on both sides of `share`: always-valid bounds on where an empirical share lies. */
export function shareBounds(n: number, share: number, concentration: number, alpha: number): readonly [low: number, high: number] {
  const threshold = -Math.log(alpha);
  return [edge(n, share, 0, concentration, threshold), edge(n, share, 1, concentration, threshold)];
}

/** Bisection between the share, which is never refuted, and the end. */
function edge(n: number, share: number, end: 0 | 1, concentration: number, threshold: number): number {
  function refuted(at: number): boolean {
    return shareLogE(at * n, n - at * n, share, concentration) >= threshold;
  }
  if (!refuted(end)) return end;
  let [inside, outside] = [share, end as number];
  for (let step = 0; step < 40; step++) {
    const middle = (inside + outside) / 2;
    if (refuted(middle)) outside = middle;
    else inside = middle;
  }
  return outside;
}
