/** Owns the band around a whole empirical distribution at every look. */
import { rootOf } from "../distributions/root.js";
import { lowestPoint } from "../distributions/lowest-point.js";

/**
 * How far the empirical distribution of `t` values lies from the true one at most, anywhere and at all looks from `from` on together, with
 * probability 1 − alpha: A·√((ln(1 + ln(t / from)) + C) / t) (Howard and Ramdas 2022, theorem 2). Infinity before `from`.
 */
export function distributionBand(t: number, alpha: number, from: number, a = 0.85): number {
  return t < from ? Infinity : a * Math.sqrt((Math.log1p(Math.log(t / from)) + constantFor(alpha, a)) / t);
}

/** The smallest C whose error, at the best base of epochs, is alpha. */
function constantFor(alpha: number, a: number): number {
  return Math.exp(rootOf(Math.log(1), Math.log(1e4), (logC) => leastLogError(Math.exp(logC), a) - Math.log(alpha)));
}

function leastLogError(c: number, a: number): number {
  const greatest = rootOf(1, 2 * a * a, (base) => Math.sqrt(base / 2) + Math.sqrt((2 * (base - 1)) / c) - a);
  function logError(base: number): number {
    const square = (2 / base) * (a - Math.sqrt((2 * (base - 1)) / c)) ** 2;
    return square <= 1 ? 1e3 : Math.log(4) - square * c + Math.log1p(1 / ((square - 1) * Math.log(base)));
  }
  return logError(lowestPoint(1 + 1e-12, greatest, logError));
}
