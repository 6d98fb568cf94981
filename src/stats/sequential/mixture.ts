/** Owns what all mixture e-processes share: their form, and the boundary found by turning them round. */
import { doubledUntil, turningPoint } from "../distributions/root.js";

/**
 * A mixture supermartingale over a sum `s` with intrinsic time `v` (Howard, Ramdas, McAuliffe and Sekhon 2021, "Time-uniform,
 * nonparametric, nonasymptotic confidence sequences", Annals of Statistics 49, arXiv 1810.08240): exp(logE) has an expected value
 * of at most 1 at every stopping time while the null hypothesis holds, so that it passes 1/α with probability at most α, ever.
 */
export interface Mixture {
  /** ln of the e-value. */
  logE(s: number, v: number): number;
  /** The sum that is passed at any time v with probability at most `alpha`. */
  bound(v: number, alpha: number): number;
}

/** The s > 0 where `logE(s, v)` reaches ln(1/alpha); `greatest` is the largest sum that can be. */
export function mixtureBound(logE: Mixture["logE"], v: number, alpha: number, greatest = Infinity): number {
  const threshold = -Math.log(alpha);
  function passes(s: number): boolean {
    return logE(s, v) >= threshold;
  }
  const high = Number.isFinite(greatest) ? greatest : doubledUntil(Math.max(v, 1e-9), passes);
  return Number.isFinite(greatest) && !passes(high) ? high : turningPoint(0, high, passes);
}
