/** Owns the look at how much room the disk has. */
import { statfs } from "node:fs/promises";

import { monotonicMs } from "../../support/clock.js";

const EVERY_MS = 1000;

export interface SpaceGuard {
  /** Whether less is free than must be, as of about a second ago; a disk that cannot be asked has room. */
  isShort(): boolean;
  ask(): Promise<void>;
}

export function createSpaceGuard(dir: string, minFreeBytes: number): SpaceGuard {
  let last = Number.NEGATIVE_INFINITY;
  let short = false;
  async function ask(): Promise<void> {
    last = monotonicMs();
    const free = await statfs(dir).then(
      ({ bavail, bsize }) => bavail * bsize,
      () => Number.POSITIVE_INFINITY,
    );
    short = free < minFreeBytes;
  }
  return {
    isShort() {
      if (monotonicMs() - last >= EVERY_MS) void ask();
      return short;
    },
    ask,
  };
}
