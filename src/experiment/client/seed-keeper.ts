/** Owns the seed in force: judged when it is loaded and when it is fetched, kept while it is good. */
import { type PreparedSeed, prepareSeed } from "../assignment/assign.js";
import { type Acceptance, isExpired, judgeSeed } from "../assignment/judge-seed.js";
import { seedText } from "../assignment/sign-seed.js";
import type { AcceptedSeed, BasePayload, HaltPayload } from "../../model/seed.js";
import { messageOf } from "../../support/errors.js";
import { wallClockMs } from "../../support/clock.js";
import { fetchSeed } from "./fetch-seed.js";
import type { ClientOptions } from "./options.js";
import { type StoredSeed, folderStore, memoryStore } from "./seed-store.js";

/** A good seed, ready for assignments. */
export interface SeedInForce {
  readonly prepared: PreparedSeed;
  readonly base: BasePayload;
  readonly halt: HaltPayload | undefined;
}

/** What a look for a new seed came to. */
export type Refreshed = "accepted" | "same" | "rejected" | "failed";

export interface SeedKeeper {
  readonly current: () => SeedInForce | undefined;
  readonly refresh: (stop: AbortSignal) => Promise<Refreshed>;
  readonly isExpired: (seed: SeedInForce) => boolean;
}

/** Opens the store and loads what it has. */
export async function openKeeper(options: ClientOptions, tell: (message: string) => void): Promise<SeedKeeper> {
  const store = options.folder === undefined ? memoryStore() : folderStore(options.folder, tell);
  const now = options.now ?? wallClockMs;
  let last = await store.load();
  let current = last === undefined ? undefined : reloaded(last, options, tell);

  /** What another process of the program may have taken meanwhile counts, too. */
  async function reload(): Promise<StoredSeed | undefined> {
    const stored = await store.load();
    if (stored === undefined || stored.accepted.version <= (last?.accepted.version ?? 0)) return last;
    current = reloaded(stored, options, tell) ?? current;
    return stored;
  }
  /** The text that was judged first stays: another's signatures may be by keys that the kept trust does not have. */
  async function take(judged: Acceptance, etag: string | undefined): Promise<void> {
    const { seed, accepted, status } = judged;
    const kept =
      status === "same" && last !== undefined ? last : { document: seed.document, accepted, judgedBy: last?.accepted.keys ?? [] };
    current = inForce(judged);
    last = { document: kept.document, accepted, judgedBy: kept.judgedBy, ...(etag === undefined ? {} : { etag }) };
    await store.save(last).catch((error: unknown) => tell(`the seed cannot be kept: ${messageOf(error)}`));
  }
  async function refresh(stop: AbortSignal): Promise<Refreshed> {
    last = await reload();
    if (options.url === undefined) return "same";
    const fetched = await fetchSeed(options.url, last?.etag, options.token, stop);
    if (fetched.status === "unchanged") return "same";
    if (fetched.status === "failed") {
      if (!stop.aborted) tell(fetched.message);
      return "failed";
    }
    const judged = judgeSeed(fetched.bytes, { ...trustOf(options, last?.accepted), now: now() });
    if (judged.status === "rejected") {
      tell(`the seed of ${options.url} is rejected (${judged.reason}): ${judged.message}`);
      return "rejected";
    }
    await take(judged, fetched.etag);
    return judged.status;
  }
  return { current: () => current, refresh, isExpired: ({ base, halt }) => isExpired(base, halt, now()) };
}

/** The kept seed, judged again: a file may have been altered. Its expiry is looked at by each assignment. */
function reloaded(stored: StoredSeed, options: ClientOptions, tell: (message: string) => void): SeedInForce | undefined {
  const judged = judgeSeed(seedText(stored.document), { ...trustOf(options, { ...stored.accepted, keys: stored.judgedBy }), now: 0 });
  if (judged.status !== "rejected") return inForce(judged);
  tell(`the kept seed is rejected (${judged.reason}): ${judged.message}`);
  return undefined;
}

function trustOf({ project, keys }: ClientOptions, previous: AcceptedSeed | undefined) {
  return { project, keys, previous };
}

function inForce({ base, halt }: Acceptance): SeedInForce {
  return { prepared: prepareSeed(base, halt), base, halt };
}
