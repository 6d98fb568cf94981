/** Owns the difference of two estimates that were made apart, and on which side of a bound it lies. */
import { type PairedEstimate, pAbove, pBelow } from "./paired.js";

/** `to` less `from` (Welch): the errors add up, with the degrees of freedom of Satterthwaite's approximation. */
export function differenceOf(to: PairedEstimate, from: PairedEstimate): PairedEstimate {
  const [a, b] = [to.standardError ** 2, from.standardError ** 2];
  const below = part(a, to.df) + part(b, from.df);
  const df = below === 0 ? Math.min(to.df, from.df) : Math.max(1, (a + b) ** 2 / below);
  return { n: Math.min(to.n, from.n), mean: to.mean - from.mean, standardError: Math.sqrt(a + b), df };
}

function part(variance: number, df: number): number {
  return variance === 0 ? 0 : variance ** 2 / df;
}

/** Whether a change of at least `bound`, up or down, is there; "open" where neither answer has an error below `alpha`. */
export function holdsChange(estimate: PairedEstimate, bound: number, alpha: number): "yes" | "no" | "open" {
  if (Math.min(pAbove(estimate, bound), pBelow(estimate, -bound)) <= alpha / 2) return "yes";
  return Math.max(pBelow(estimate, bound), pAbove(estimate, -bound)) <= alpha ? "no" : "open";
}
