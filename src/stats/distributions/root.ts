/** Owns the search for a root of a monotone function. */

/** The x in [low, high] where `rises(x)` turns true, by bisection until nothing lies between; `rises` must be false below and true above. */
export function turningPoint(low: number, high: number, rises: (x: number) => boolean, steps = 100): number {
  let [from, to] = [low, high];
  for (let step = 0; step < steps; step++) {
    const middle = from + (to - from) / 2;
    if (middle === from || middle === to) break;
    if (rises(middle)) to = middle;
    else from = middle;
  }
  return from + (to - from) / 2;
}

/** The first doubling of `start` at which `rises` is true; Infinity where it never is. */
export function doubledUntil(start: number, rises: (x: number) => boolean): number {
  let x = start;
  for (let step = 0; step < 200; step++) {
    if (rises(x)) return x;
    x *= 2;
  }
  return Infinity;
}

/** The smallest integer in [low, high] at which `holds` is true; it must be false below and true above, and is taken as true at `high`. */
export function firstWhere(low: number, high: number, holds: (x: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/**
 * The root of a continuous function that is below 0 at one end of [low, high] and above 0 at the other, by the Illinois method: a
 * dozen evaluations for smooth functions.
 */
export function rootOf(low: number, high: number, f: (x: number) => number): number {
  let [a, b, atA, atB] = [low, high, f(low), f(high)];
  for (let step = 0; step < 100; step++) {
    const x = Number.isFinite(atA) && Number.isFinite(atB) ? b - (atB * (b - a)) / (atB - atA) : (a + b) / 2;
    const here = f(x);
    if (here === 0 || Math.abs(x - b) <= 1e-13 * Math.max(1, Math.abs(x))) return x;
    if (Math.sign(here) === Math.sign(atB)) atA /= 2;
    else [a, atA] = [b, atB];
    [b, atB] = [x, here];
  }
  return b;
}
