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
