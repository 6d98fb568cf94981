/** Owns the client of seeds: loads the kept seed, looks for new ones, answers which flavor a use case gets. */
import { messageOf } from "../../support/errors.js";
import { unseededFraction } from "../../support/random.js";
import { type SeedClient, assigner } from "./assigner.js";
import { assignmentLog } from "./assignment-log.js";
import { installationIn, newInstallation } from "./installation.js";
import { type Chase, chaser } from "./chase.js";
import { listen } from "./notices.js";
import type { ClientOptions } from "./options.js";
import { type Refreshed, type SeedKeeper, openKeeper } from "./seed-keeper.js";
import { seedInForce } from "./seed-in-force.js";

/** Opens a client: loads the kept seed, waits a little for the first one where there is none, and looks for new ones from then on. */
export async function openClient(options: ClientOptions): Promise<SeedClient> {
  const tell = options.onMessage ?? (() => undefined);
  const keeper = await openKeeper(options, tell);
  const stop = new AbortController();
  const installation = options.folder === undefined ? newInstallation() : await installationIn(options.folder, tell);
  if (keeper.current() === undefined) await firstSeed(keeper, options, stop.signal);
  const inForce = seedInForce(keeper, options, tell);
  const client = assigner(options, installation, inForce, options.folder === undefined ? undefined : assignmentLog(options.folder, tell));
  const refresh = refresher(keeper, options, stop.signal);
  const version = () => keeper.current()?.prepared.version ?? 0;
  const work = background(options, { refresh, version, stop: stop.signal }, tell);
  async function close(): Promise<void> {
    stop.abort();
    await work;
  }
  return { ...client, refresh, version: () => inForce().seed?.prepared.version ?? 0, close };
}

/** One look at a time; a wish that comes meanwhile is granted by one more behind it. */
function refresher(keeper: SeedKeeper, options: ClientOptions, stop: AbortSignal): () => Promise<Refreshed> {
  let last: Promise<Refreshed> = Promise.resolve("same");
  let next: Promise<Refreshed> | undefined;
  async function look(): Promise<Refreshed> {
    next = undefined;
    const before = keeper.current()?.prepared.version;
    const result = await keeper.refresh(stop);
    const after = keeper.current()?.prepared.version;
    if (options.follow === true && after !== undefined && after !== before) options.onVersion?.(after);
    return result;
  }
  return function refresh() {
    if (next === undefined) {
      next = last.then(look);
      last = next.catch(() => "failed" as const);
    }
    return next;
  };
}

async function firstSeed(keeper: SeedKeeper, options: ClientOptions, stop: AbortSignal): Promise<void> {
  if (options.url === undefined) return;
  const enough = AbortSignal.timeout(options.firstFetchMs ?? 2000);
  await keeper.refresh(AbortSignal.any([stop, enough]));
}

/** Looks for new seeds until `stop`; followers listen for notices besides. */
async function background(options: ClientOptions, chase: Chase, tell: (message: string) => void): Promise<void> {
  const { url, token } = options;
  const { stop } = chase;
  if (url === undefined) return;
  const refresh = () => chase.refresh().catch(failed);
  function failed(error: unknown): Refreshed {
    tell(messageOf(error));
    return "failed";
  }
  const period = (options.pollSeconds ?? 900) * 1000;
  if (period > 0) {
    const timer = setInterval(() => void refresh(), period * (0.75 + unseededFraction() / 2)).unref();
    stop.addEventListener("abort", () => clearInterval(timer), { once: true });
  }
  if (options.follow !== true) return void (await refresh());
  await listen({ url: options.streamUrl ?? `${url}/stream`, token, onNotice: chaser({ ...chase, refresh }), onMessage: tell }, stop);
}
