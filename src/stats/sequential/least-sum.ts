/** Owns the search for the least sum of something that falls and something that grows. */

import { firstWhere } from "../distributions/root.js";

/** Both at one place; along the places `falling` never grows, and `growing` never falls. */
export interface Place {
  readonly falling: number;
  readonly growing: number;
}

/** How far below the least sum the search may end. */
const SLACK = 0.01;

/**
 * The least of `falling` + `growing` over the places from..to, or a number below it by at most 0.01, after a few dozen looks whatever the
 * number of places; −Infinity as soon as some sum is at most `dull`: how small the least is does not matter then.
 */
export function leastSum(from: number, to: number, placeAt: (at: number) => Place, dull = -Infinity): number {
  const seen = new Map<number, Place>();
  function at(place: number): Place {
    const known = seen.get(place) ?? placeAt(place);
    seen.set(place, known);
    return known;
  }
  const best = sumWhereTheyMeet(from, to, at);
  return best <= dull ? -Infinity : leastIn([[from, to]], best, at);
}

/** Where falling and growing are equal the sum is at most twice the least: a good start. */
function sumWhereTheyMeet(from: number, to: number, at: (place: number) => Place): number {
  const meeting = firstWhere(from, to, (place) => at(place).falling <= at(place).growing);
  return Math.min(sumOf(at(meeting)), sumOf(at(Math.max(from, meeting - 1))));
}

/** A range of places is bounded by its two ends; only those that may hold the least are halved. */
function leastIn(ranges: (readonly [low: number, high: number])[], known: number, at: (place: number) => Place): number {
  let [best, least] = [known, known];
  for (let range = ranges.pop(); range !== undefined; range = ranges.pop()) {
    const [low, high] = range;
    best = Math.min(best, sumOf(at(low)), sumOf(at(high)));
    const bound = at(high).falling + at(low).growing;
    if (high - low < 2) continue;
    if (bound >= best - SLACK) {
      least = Math.min(least, bound);
      continue;
    }
    const middle = (low + high) >> 1;
    ranges.push([low, middle], [middle, high]);
  }
  return Math.min(least, best);
}

function sumOf({ falling, growing }: Place): number {
  return falling + growing;
}
