/** Owns the search for the least sum of something that falls and something that grows. */

/** Both at one place; along the places `falling` never grows, and `growing` never falls. */
export interface Place {
  readonly falling: number;
  readonly growing: number;
}

/** How far below the least sum the search may end. */
const SLACK = 0.01;

/**
 * The least of `falling` + `growing` over the places from..to, or a number below it by at most 0.01: a range of places is bounded by
 * its two ends, and only those that may hold the least are halved, which takes some dozens of looks whatever their number.
 */
export function leastSum(from: number, to: number, placeAt: (at: number) => Place): number {
  const [first, last] = [placeAt(from), placeAt(to)];
  const ranges: (readonly [from: number, first: Place, to: number, last: Place])[] = [[from, first, to, last]];
  let best = Math.min(first.falling + first.growing, last.falling + last.growing);
  let least = best;
  for (let range = ranges.pop(); range !== undefined; range = ranges.pop()) {
    const [low, start, high, end] = range;
    if (high - low < 2) continue;
    const bound = end.falling + start.growing;
    if (bound >= best - SLACK) {
      least = Math.min(least, bound);
      continue;
    }
    const at = Math.floor((low + high) / 2);
    const middle = placeAt(at);
    best = Math.min(best, middle.falling + middle.growing);
    ranges.push([low, start, at, middle], [at, middle, high, end]);
  }
  return Math.min(least, best);
}
