/** Owns that a seed which another server has published is served here, too. */
import { newestVersion } from "../store/state/seeds.js";
import { messageOf } from "../support/errors.js";
import type { Core } from "./core/core.js";
import { loadSeed } from "./core/load-seed.js";
import { warnOfHaltKey } from "./warn-of-halt-key.js";

/** Two questions lie so far apart: a halt of another server is here well within a second. */
const EVERY_MS = 250;

/** Asks the state for newer versions until the returned function is called. While it is away, what is known is served. */
export function followState(core: Core, log: (text: string) => void): () => Promise<void> {
  let asking: Promise<void> | undefined;
  let isAway = false;

  async function ask(): Promise<void> {
    try {
      if ((await newestVersion(core.db, core.project)) > (core.publisher.current()?.version ?? 0)) {
        warnOfHaltKey(core, await loadSeed(core), log);
      }
      if (isAway) log("the database is back");
      isAway = false;
    } catch (error) {
      if (!isAway)
        log(`the database is away; what is known is served: ${messageOf(error instanceof Error ? (error.cause ?? error) : error)}`);
      isAway = true;
    }
  }

  const timer = setInterval(() => {
    asking ??= ask().finally(() => (asking = undefined));
  }, EVERY_MS);
  return async () => {
    clearInterval(timer);
    await asking;
  };
}
