/** What the state needs of a PostgreSQL: a database of its own, no more; servers may start together. */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openJobs } from "../../../src/server/jobs/open-jobs.js";
import { appendAudit, verifyAudit } from "../../../src/store/state/audit-log.js";
import { openState } from "../../../src/store/state/open-state.js";
import { type PostgresCluster, postgresMissing, startPostgres } from "../../helpers/postgres-cluster.js";

describe.skipIf(postgresMissing() !== undefined)("a PostgreSQL", () => {
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await startPostgres();
  });
  afterAll(() => cluster?.stop());

  it("is shared by servers that start at the same time, with a role that owns a database and nothing else", async () => {
    const admin = new pg.Client(cluster.url);
    await admin.connect();
    await admin.query("create role plain login password 'x'");
    await admin.query("create database plain owner plain");
    await admin.end();
    const place = {
      dir: "/nowhere",
      databaseUrl: Object.assign(new URL(cluster.url), { username: "plain", password: "x", pathname: "/plain" }).href,
    };
    const states = await Promise.all([openState(place), openState(place)]);
    const options = { project: "webrtc", now: () => new Date(), leaseSeconds: 60 };
    const jobs = await Promise.all(states.map((state) => openJobs(state, options, () => undefined)));
    const id = await jobs[0]?.lab.add({ kind: "compare", labels: [], useCases: ["ns"] });
    expect(await jobs[1]?.lab.lease("a worker", [])).toMatchObject({ id });
    const entry = { at: "2026-11-30T12:00:00.000Z", project: "webrtc", actor: "a", action: "b", subject: "c", detail: {} };
    await Promise.all(states.flatMap(({ db }) => [1, 2, 3, 4].map(() => appendAudit(db, entry))));
    for (const { db } of states) expect(await verifyAudit(db)).toMatchObject({ status: "intact", rows: 8 });
    for (const one of jobs) await one.close();
    for (const state of states) await state.close();
  });
});
