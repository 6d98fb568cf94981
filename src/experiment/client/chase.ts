/** Owns what follows a notice: a look that fails, or that a cache answers with an older seed, is repeated. */
import { unseededFraction } from "../../support/random.js";
import { pause } from "./notices.js";
import type { Refreshed } from "./seed-keeper.js";

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 30_000;
/** About seven minutes; the next notice or look begins anew. */
const TRIES = 22;

export interface Chase {
  readonly refresh: () => Promise<Refreshed>;
  /** Of the seed in force, 0 without one. */
  readonly version: () => number;
  readonly stop: AbortSignal;
}

/** Gives what a notice calls with the version it names, or 0; returns at once. One chase goes on at a time, for the highest version. */
export function chaser({ refresh, version, stop }: Chase): (noticed: number) => void {
  let wanted = 0;
  let running: Promise<void> | undefined;

  async function chase(): Promise<void> {
    let wait = FIRST_WAIT_MS;
    for (let tries = 0; tries < TRIES && !stop.aborted; tries += 1) {
      const result = await refresh();
      if (result !== "failed" && version() >= wanted) return;
      await pause(wait * (0.5 + unseededFraction() / 2), stop);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
  }
  return function follow(noticed) {
    const isNew = noticed > wanted;
    wanted = Math.max(wanted, noticed);
    if (running === undefined) running = chase().finally(() => (running = undefined));
    else if (isNew) void refresh();
  };
}
