/** Owns whether the client's seed has a say in this program. */
import type { AssignmentReason } from "../assignment/assign.js";
import type { ClientOptions } from "./options.js";
import type { SeedInForce, SeedKeeper } from "./seed-keeper.js";

/** A seed that has a say, or why there is none. */
export interface SeedOrReason {
  readonly seed: SeedInForce | undefined;
  readonly reason: AssignmentReason;
}

/** Of a process that follows: the newest good seed at each call. Of others: the one at the start, to the end of the process. */
export function seedInForce(keeper: SeedKeeper, options: ClientOptions, tell: (message: string) => void): () => SeedOrReason {
  let told: AssignmentReason | undefined;
  function look(): SeedOrReason {
    const found = judge(keeper, options);
    if (found.reason !== told && found.seed === undefined) tell(`${WORDS[found.reason] ?? found.reason}: the default flavor is used`);
    told = found.reason;
    return found;
  }
  if (options.follow === true) return look;
  const pinned = look();
  return () => pinned;
}

function judge(keeper: SeedKeeper, { releases }: ClientOptions): SeedOrReason {
  const seed = keeper.current();
  if (seed === undefined) return { seed: undefined, reason: "no-seed" };
  if (keeper.isExpired(seed)) return { seed: undefined, reason: "expired" };
  const { legacy, latest } = seed.base.flavors;
  const fits = releases === undefined || (releases.legacy === legacy.release && releases.latest === latest.release);
  return fits ? { seed, reason: "arm" } : { seed: undefined, reason: "other-releases" };
}

const WORDS: Partial<Record<AssignmentReason, string>> = {
  "no-seed": "there is no seed yet",
  expired: "the seed has expired",
  "other-releases": "the seed is about other releases than this program has",
};
