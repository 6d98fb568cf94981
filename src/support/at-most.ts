/** Owns work that goes on side by side, so much of it at a time. */

/** Runs a piece of work when fewer than `most` others are at work; those that wait come in the order in which they asked. */
export type Turn = <T>(work: () => Promise<T>) => Promise<T>;

export function atMost(most: number): Turn {
  let free = most;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}
