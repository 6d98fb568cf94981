/** Owns a whole server: state, keys, telemetry, the decision loop, HTTP; opened and closed in order. */
import { join } from "node:path";
import type { FastifyInstance } from "fastify";

import { openTelemetry } from "../store/telemetry/open-telemetry.js";
import { type StatePlace, openState } from "../store/state/open-state.js";
import { newestAuditRows } from "../store/state/audit-log.js";
import { wallClockMs } from "../support/clock.js";
import { UnforkError, messageOf, systemCodeOf } from "../support/errors.js";
import { publicPart } from "../experiment/assignment/keys.js";
import { addApi } from "./api.js";
import { type AppOptions, createApp } from "./app.js";
import { type Core, LOCAL } from "./core/core.js";
import { loadSeed } from "./core/load-seed.js";
import { trustKey } from "./core/trust.js";
import { openCore } from "./open-core.js";
import { registerEvents } from "./events/register-events.js";
import { bisectHalts } from "./jobs/bisect-halts.js";
import { createLooking } from "./looking.js";
import { openJobs } from "./jobs/open-jobs.js";
import { addJobRoutes } from "./routes/jobs.js";
import { followState } from "./follow-state.js";
import { warnOfHaltKey } from "./warn-of-halt-key.js";

export interface ServerOptions extends StatePlace {
  readonly project?: string;
  readonly host: string;
  readonly port: number;
  /** Default: `halt-key.json` in the folder, made at the first start. */
  readonly haltKeyFile?: string;
  /** Public parts are enough; each is trusted from now on. */
  readonly signerFiles: readonly string[];
  /** Between two looks, in ms; 0 for none. */
  readonly lookEveryMs: number;
  /** False for a server beside another that takes events in. */
  readonly telemetry: boolean;
  readonly alpha?: number;
  /** How the budget of false halts is shared out over a campaign. */
  readonly budget?: "split" | "e-bh";
  /** A worker's job is taken back when nothing was heard of it for so long; default 60. */
  readonly leaseSeconds?: number;
  readonly app: AppOptions;
  /** ms since 1970; tests bring their own clock. */
  readonly clock?: () => number;
}

export interface OpenServer {
  readonly url: string;
  readonly core: Core;
  /** Hash of the newest audit row: noted elsewhere, it shows a tail that was cut off. */
  readonly auditHead: string | undefined;
  close(): Promise<void>;
}

const LEASE_SECONDS = 60;

/** Opens all of it and listens. Throws `locked`, `network`, `disk`, `state-invalid`, `input-invalid`; what was opened by then is closed. */
export async function openServer(options: ServerOptions): Promise<OpenServer> {
  const closers: (() => Promise<void>)[] = [];
  async function closeAll(): Promise<void> {
    for (const close of closers.splice(0).toReversed()) await close();
  }
  try {
    return await openParts(options, closers, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function openParts(options: ServerOptions, closers: (() => Promise<void>)[], close: () => Promise<void>): Promise<OpenServer> {
  const { log } = options.app;
  const clock = options.clock ?? wallClockMs;
  const state = await openState(options);
  closers.push(() => state.close());
  const core = await openCore(state.db, { ...options, clock });
  const seed = await loadSeed(core);
  // So that the bases that any server proposes trust the halts of all.
  await trustKey(core, publicPart(core.haltKey), LOCAL);
  warnOfHaltKey(core, seed, log);
  const telemetry = options.telemetry ? await openTelemetry({ dir: join(options.dir, "telemetry"), clock }) : undefined;
  if (telemetry !== undefined) closers.push(() => telemetry.close());
  const app = await createApp(core, options.app);
  closers.push(() => app.close());
  const jobs = await openJobs(state, { project: core.project, now: core.now, leaseSeconds: options.leaseSeconds ?? LEASE_SECONDS }, log);
  closers.push(() => jobs.close());
  const looking =
    telemetry === undefined ? undefined : createLooking(core, telemetry, { ...options, onHalt: bisectHalts(jobs.lab, log) }, log);
  if (looking !== undefined) {
    closers.push(() => looking.stop());
    if (options.lookEveryMs > 0) await jobs.every(options.lookEveryMs, looking.turn);
  }
  addApi(app, core, looking === undefined || telemetry === undefined ? undefined : { lookAt: looking.lookAt, stats: telemetry.stats });
  addJobRoutes(app, core, jobs.lab);
  if (telemetry !== undefined) await registerEvents(app, { ingest: telemetry });
  const url = await listen(app, options);
  // Several servers share a PostgreSQL: what another published is served here within a second, too.
  if (state.engine === "postgresql") closers.push(followState(core, log));
  return { url, core, auditHead: (await newestAuditRows(core.db, 1))[0]?.hash, close };
}

async function listen(app: FastifyInstance, { host, port, app: { tls } }: ServerOptions): Promise<string> {
  const url = await app.listen({ host, port }).catch((error: unknown) => Promise.reject(listenError(error, host, port)));
  // Fastify does not know what kind of server it was given.
  return tls === undefined ? url : url.replace(/^http:/, "https:");
}

/** Why it cannot listen, for who can do something about it. */
export function listenError(error: unknown, host: string, port: number): unknown {
  const hint = LISTEN_HINTS[systemCodeOf(error) ?? ""];
  if (hint === undefined) return error;
  return new UnforkError("network", `cannot listen on ${host}:${port}: ${messageOf(error)}`, { hint, cause: error });
}

const LISTEN_HINTS: Readonly<Record<string, string>> = {
  EADDRINUSE: "another process listens there: stop it, or name another --port (0: any that is free)",
  EACCES: "ports below 1024 are for root: name another --port, and put a proxy before it",
  EADDRNOTAVAIL: "this machine has no such address: name one of its own with --host",
  ENOTFOUND: "this name leads nowhere: name an address of this machine with --host",
  EAI_AGAIN: "this name leads nowhere now: name an address of this machine with --host",
};
