/** Owns the search for the lowest point of a function with one valley. */

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The x in [low, high] where `f` is least, by golden sections to about eight digits. */
export function lowestPoint(low: number, high: number, f: (x: number) => number): number {
  let [from, to] = [low, high];
  let [left, right] = [to - GOLDEN * (to - from), from + GOLDEN * (to - from)];
  let [atLeft, atRight] = [f(left), f(right)];
  for (let step = 0; step < 60; step++) {
    if (atLeft < atRight) {
      [to, right, atRight] = [right, left, atLeft];
      left = to - GOLDEN * (to - from);
      atLeft = f(left);
    } else {
      [from, left, atLeft] = [left, right, atRight];
      right = from + GOLDEN * (to - from);
      atRight = f(right);
    }
  }
  return (from + to) / 2;
}
