/** Owns the fuzzer's numbers: the same seed gives the same run. */

export interface Dice {
  /** An integer from 0 to below `limit`. */
  readonly below: (limit: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
}

/** xorshift32 (Marsaglia, 2003). */
export function createDice(seed: number): Dice {
  let state = seed | 0 || 1;
  function next(): number {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  }
  const below = (limit: number): number => (limit <= 0 ? 0 : next() % limit);
  return { below, pick: (list) => list[below(list.length)] as never };
}
