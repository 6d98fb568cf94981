/** A state is moved between a folder and a PostgreSQL: a fleet and a lab go on where they were, or nothing was moved. */
import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { generateKey, publicPart } from "../../src/experiment/assignment/keys.js";
import { signBase } from "../../src/experiment/assignment/sign-seed.js";
import type { BasePayload } from "../../src/model/seed.js";
import { DEFAULT_APP } from "../../src/server/app.js";
import { LOCAL } from "../../src/server/core/core.js";
import { createToken } from "../../src/server/core/tokens.js";
import { trustKey } from "../../src/server/core/trust.js";
import { type MoveRequest, moveState } from "../../src/server/move-state.js";
import { type OpenServer, openServer } from "../../src/server/open-server.js";
import { auditRows, verifyAudit } from "../../src/store/state/audit-log.js";
import type { State } from "../../src/store/state/database.js";
import { insertDecision } from "../../src/store/state/decisions.js";
import { rowsBy } from "../../src/store/state/move/run-sql.js";
import { shownNameOf, stateTables } from "../../src/store/state/move/moved-table.js";
import { openPglite } from "../../src/store/state/open-pglite.js";
import { openState } from "../../src/store/state/open-state.js";
import { ENVELOPE, fillState } from "../helpers/filled-state.js";
import { type PostgresCluster, postgresMissing, startPostgres } from "../helpers/postgres-cluster.js";
import { sampleExperiment } from "../helpers/sample-experiment.js";
import { temporaryFolder } from "../helpers/temp.js";

const QUIET = { back: false, rehearse: false, tell: () => undefined };

describe.skipIf(postgresMissing() !== undefined)("a server's state", { timeout: 180_000 }, () => {
  let cluster: PostgresCluster;
  let count = 0;
  /** A filled state: making one takes longer than anything else here. */
  const template = temporaryFolder();
  beforeAll(async () => {
    cluster = await startPostgres();
    await withState({ dir: template }, fillState);
  });
  afterAll(() => cluster?.stop());

  function newDatabase(): Promise<string> {
    return cluster.createDatabase(`move_${++count}`);
  }
  /** A folder with a filled state, closed again, and a new database. */
  async function filled(change?: (state: State) => Promise<unknown>): Promise<{ readonly dir: string; readonly databaseUrl: string }> {
    const place = { dir: temporaryFolder(), databaseUrl: await newDatabase() };
    cpSync(template, place.dir, { recursive: true });
    if (change !== undefined) await withState({ dir: place.dir }, change);
    return place;
  }

  it("goes from a folder to a PostgreSQL and back, and the fleet, the tokens and the lab do not notice", async () => {
    const dir = temporaryFolder();
    const databaseUrl = await newDatabase();
    const signer = generateKey("signer");
    let server = await serve(dir);
    const { core } = server;
    await trustKey(core, publicPart(signer), LOCAL);
    const tokens: Record<string, string> = {};
    for (const role of ["operator", "signer", "worker"] as const)
      tokens[role] = (await createToken(core, { role, name: role }, LOCAL)).token;
    const api = (role: string, method: string, path: string, body?: unknown) => call(server, tokens[role] ?? "", method, path, body);
    await api("operator", "POST", "/experiments", sampleExperiment("ns"));
    await api("operator", "POST", "/experiments/ns-m150/rollout/start", { reason: "m150" });
    const { payload } = (await api("operator", "GET", "/seeds/proposal")) as { readonly payload: BasePayload };
    await api("signer", "POST", "/seeds", { base: signBase(payload, [signer]) });
    const job = { kind: "compare", labels: ["arm64"], useCases: ["ns"] };
    await api("operator", "POST", "/jobs", job);
    await api("operator", "POST", "/jobs", { ...job, useCases: ["vad"] });
    const leased = (await api("worker", "POST", "/jobs/lease", { worker: "board", labels: ["arm64"] })) as { id: string; lease: string };
    const before = await seedOf(server);
    const decisions: number[] = [await decide(server)];
    await server.close();

    for (const back of [false, true]) {
      const moved = await moveState({ ...QUIET, dir: back ? join(dir, "other") : dir, databaseUrl, back });
      expect(moved).toMatchObject({ status: "moved", from: back ? "postgresql" : "pglite" });
      server = await serve(back ? join(dir, "other") : dir, back ? undefined : databaseUrl, join(dir, "halt-key.json"));
      expect(await seedOf(server)).toEqual(before);
      expect(await api("worker", "POST", `/jobs/${leased.id}/heartbeat`, { lease: leased.lease })).toEqual({ kept: true });
      decisions.push(await decide(server));
      expect(await verifyAudit(server.core.db, moved.auditHead)).toMatchObject({ status: "intact" });
      if (!back) await server.close();
    }
    expect(decisions).toEqual([1, 2, 3]);
    expect(await api("worker", "POST", "/jobs/lease", { worker: "phone", labels: ["arm64"] })).toMatchObject({
      job: { useCases: ["vad"] },
    });
    await api("worker", "POST", `/jobs/${leased.id}/result`, { lease: leased.lease, result: { status: "done", exitCode: 0, log: "" } });
    await api("operator", "POST", "/experiments/ns-m150/rollout/rollback", { reason: "enough" });
    expect((await seedOf(server)).version).toBe(before.version + 1);
    await server.close();
  });

  it("is the same row by row, odd values and bytes of seeds too, in every table there is", async () => {
    const place = await filled();
    const moved = await moveState({ ...QUIET, ...place });
    expect(moved.tables.filter(({ rows }) => rows === 0)).toEqual([]);
    expect(moved.tables.find(({ table }) => table === "decisions")?.rows).toBe(252);
    await withState(place, async ({ db }) => {
      const tables = await rowsBy(db, "select table_name as name from information_schema.tables where table_schema = 'public' order by 1");
      expect(tables.map(({ name }) => name)).toEqual(stateTables().map(shownNameOf).toSorted());
      expect((await db.query.seeds.findFirst())?.envelope).toBe(ENVELOPE);
      expect(await rowsBy(db, "select updated_at = '2026-11-30 12:00:00.123456+05:30' as same from settings")).toEqual([{ same: true }]);
      expect(
        await insertDecision(db, { project: "webrtc", experiment: "ns-150", phase: 1, at: new Date(), action: "wait", decision: {} }),
      ).toBe(254);
      expect((await auditRows(db)).slice(3).map(({ action, project }) => [action, project])).toEqual([
        ["state.move", "webrtc"],
        ["state.move", "zlib ☂"],
      ]);
    });
    const back = await moveState({ ...QUIET, databaseUrl: place.databaseUrl, dir: temporaryFolder(), back: true });
    const unchanged = moved.tables.filter(({ table }) => table !== "audit" && table !== "decisions");
    expect(back.tables).toEqual(expect.arrayContaining([...unchanged]));
  });

  it("is not opened again where it was moved away, and is moved a second time by nobody", async () => {
    const place = await filled();
    await moveState({ ...QUIET, ...place });
    await expect(openState({ dir: place.dir })).rejects.toMatchObject({
      code: "state-invalid",
      hint: expect.stringContaining("DATABASE_URL") as string,
    });
    await expect(moveState({ ...QUIET, ...place })).rejects.toMatchObject({ code: "state-invalid" });
    await expect(moveState({ ...QUIET, ...place, back: true })).rejects.toMatchObject({ code: "state-invalid" });
    await moveState({ ...QUIET, ...place, dir: temporaryFolder(), back: true });
    await expect(openState(place)).rejects.toMatchObject({
      code: "state-invalid",
      hint: expect.stringContaining("without DATABASE_URL") as string,
    });
  });

  it("that was moved by a process that died before it marked the source, is marked by the next", async () => {
    const place = await filled();
    const first = await moveState({ ...QUIET, ...place });
    await unmark(place.dir);
    await withState(place, ({ db }) =>
      insertDecision(db, { project: "webrtc", experiment: "ns-150", phase: 2, at: new Date(), action: "wait", decision: {} }),
    );
    expect(await moveState({ ...QUIET, ...place })).toEqual({ ...first, status: "already" });
    await expect(openState({ dir: place.dir })).rejects.toMatchObject({ code: "state-invalid" });
  });

  it("is copied and taken back by a rehearsal", async () => {
    const place = await filled();
    const folder = temporaryFolder();
    expect(await moveState({ ...QUIET, ...place, rehearse: true })).toMatchObject({ status: "rehearsed" });
    expect(await rowsIn(place)).toBe(0);
    await withState(place, fillState);
    expect(await moveState({ ...QUIET, ...place, dir: folder, back: true, rehearse: true })).toMatchObject({ status: "rehearsed" });
    expect(existsSync(join(folder, "state"))).toBe(false);
    expect(await rowsIn({ dir: place.dir })).toBeGreaterThan(0);
  });

  it("is not put beside another state", async () => {
    const place = await filled();
    await withState(place, ({ db }) => db.execute(sql`insert into projects values ('mine', now())`));
    await refused(place, "state-invalid", "the target is not empty: projects");
    expect(await rowsIn(place)).toBe(1);
    await refused({ ...place, back: true }, "state-invalid", "the target is not empty");
  });

  it("is not moved while anybody has it", async () => {
    const place = await filled();
    await withState({ dir: place.dir }, () => refused(place, "locked", "has the state in"));
    const databaseUrl = await newDatabase();
    await withState({ dir: "", databaseUrl }, async (state) => {
      await fillState(state);
      await refused({ dir: temporaryFolder(), databaseUrl, back: true }, "locked", "other sessions are connected");
    });
    expect(await moveState({ ...QUIET, dir: temporaryFolder(), databaseUrl, back: true })).toMatchObject({ status: "moved" });
  });

  it("is not moved between different releases' tables, nor with a broken audit log", async () => {
    const other = await filled(({ db }) => db.execute(sql`update drizzle.__drizzle_migrations set hash = 'other' where id = 1`));
    await refused(other, "state-invalid", "of different releases");
    const broken = await filled(async ({ db }) => {
      await db.execute(sql`alter table audit disable trigger all`);
      await db.execute(sql`update audit set actor = 'me' where seq = 2`);
    });
    await refused(broken, "state-invalid", "broken at row 2: it was altered");
    expect(await rowsIn(broken)).toBe(0);
  });

  it("is not moved by a role that may not keep others from writing", async () => {
    const databaseUrl = await newDatabase();
    await withState({ dir: "", databaseUrl }, async (state) => {
      await fillState(state);
      await state.db.execute(sql`create role outsider login password 'x'`);
      for (const schema of ["public", "drizzle"]) {
        await state.db.execute(sql.raw(`grant usage on schema ${schema} to outsider`));
        await state.db.execute(sql.raw(`grant select on all tables in schema ${schema} to outsider`));
      }
      await state.db.execute(sql`grant create on schema drizzle to outsider`);
      await state.db.execute(sql.raw(`grant create on database ${new URL(databaseUrl).pathname.slice(1)} to outsider`));
    });
    const outsider = Object.assign(new URL(databaseUrl), { username: "outsider", password: "x" }).href;
    const folder = temporaryFolder();
    await refused({ dir: folder, databaseUrl: outsider, back: true }, "state-invalid", "this role may not move it");
    expect(existsSync(join(folder, "state"))).toBe(false);
  });

  it.each([
    ["alters a value", "new.value := '{}'::jsonb; return new"],
    ["swallows a row", "return null"],
  ])("is not moved where the target %s", async (_what, body) => {
    const place = await filled();
    await withState(place, async ({ db }) => {
      await db.execute(sql.raw(`create function bend() returns trigger language plpgsql as $$ begin ${body}; end $$`));
      await db.execute(sql`create trigger bend before insert on settings for each row execute function bend()`);
    });
    await refused(place, "state-invalid", "settings is not the same in the target: nothing was moved");
    expect(await rowsIn(place)).toBe(0);
    expect(await rowsIn({ dir: place.dir })).toBeGreaterThan(0);
  });

  it("is whole in its old place when the PostgreSQL dies on the way", async () => {
    const place = await filled();
    let restarted: Promise<void> | undefined;
    function killAtDecisions(text: string): void {
      if (text.startsWith("decisions")) restarted = cluster.restart({ kill: true });
    }
    await expect(moveState({ ...QUIET, ...place, tell: killAtDecisions })).rejects.toMatchObject({ code: "network" });
    await restarted;
    expect(await rowsIn(place)).toBe(0);
    expect(await moveState({ ...QUIET, ...place })).toMatchObject({ status: "moved" });
  });
});

async function withState<T>(
  place: { readonly dir: string; readonly databaseUrl?: string },
  work: (state: State) => Promise<T>,
): Promise<T> {
  const state = await openState(place);
  try {
    return await work(state);
  } finally {
    await state.close();
  }
}

/** Of all tables. */
function rowsIn(place: { readonly dir: string; readonly databaseUrl?: string }): Promise<number> {
  return withState(place, async ({ db }) => {
    let rows = 0;
    for (const { name } of stateTables()) rows += Number((await rowsBy(db, `select count(*) as rows from ${name}`))[0]?.["rows"]);
    return rows;
  });
}

async function refused(
  request: Partial<MoveRequest> & Pick<MoveRequest, "dir" | "databaseUrl">,
  code: string,
  message: string,
): Promise<void> {
  await expect(moveState({ ...QUIET, ...request })).rejects.toMatchObject({ code, message: expect.stringContaining(message) as string });
}

async function unmark(dir: string): Promise<void> {
  const state = await openPglite(dir);
  await state.db.execute(sql`delete from settings where key = 'moved'`);
  await state.close();
}

function serve(dir: string, databaseUrl?: string, haltKeyFile?: string): Promise<OpenServer> {
  return openServer({
    dir,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(haltKeyFile === undefined ? {} : { haltKeyFile }),
    project: "webrtc",
    host: "127.0.0.1",
    port: 0,
    signerFiles: [],
    lookEveryMs: 0,
    telemetry: false,
    app: DEFAULT_APP,
  });
}

async function seedOf({ url }: OpenServer) {
  const response = await fetch(`${url}/v1/seed`);
  const text = await response.text();
  const stream = await fetch(`${url}/v1/seed/stream`);
  const reader = stream.body?.getReader();
  let notice = "";
  while (!notice.includes("data:")) notice += new TextDecoder().decode((await reader?.read())?.value);
  await reader?.cancel();
  return { text, etag: response.headers.get("etag"), version: Number(/id: (\d+)/.exec(notice)?.[1]) };
}

function decide({ core: { db } }: OpenServer): Promise<number> {
  return insertDecision(db, { project: "webrtc", experiment: "ns-m150", phase: 1, at: new Date(), action: "wait", decision: {} });
}

async function call({ url }: OpenServer, token: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { "content-type": "application/json" }) };
  const response = await fetch(`${url}/api/v1${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await response.text();
  expect(response.ok, text).toBe(true);
  return text === "" ? undefined : JSON.parse(text);
}
