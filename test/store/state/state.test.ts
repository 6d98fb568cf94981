/** The same claims on both engines: PGlite in a folder, a PostgreSQL server of its own. */
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { answerOf } from "../../../src/server/errors.js";
import { appendAudit, auditRows, verifyAudit } from "../../../src/store/state/audit-log.js";
import type { State } from "../../../src/store/state/database.js";
import { confirmHaltsOf, insertDecision, listDecisions } from "../../../src/store/state/decisions.js";
import { addProject, findExperiment, insertExperiment, updateExperiment } from "../../../src/store/state/experiments.js";
import { LEAST_FREE } from "../../../src/store/state/guard-space.js";
import { putLease, renewLease, takeExpiredLeases, takeLeaseBack } from "../../../src/store/state/leases.js";
import { openPglite } from "../../../src/store/state/open-pglite.js";
import { beginPhase, listPhases } from "../../../src/store/state/phases.js";
import { currentSeed, insertSeed, lockSeeds, newestVersion } from "../../../src/store/state/seeds.js";
import { readSetting, writeSetting } from "../../../src/store/state/settings.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { ENGINES, type OpenedState, type StateMaker } from "../../helpers/state-engines.js";

const AT = new Date("2026-11-30T12:00:00.000Z");
const LATER = new Date("2026-11-30T13:00:00.000Z");

function entry(action: string) {
  return { at: AT.toISOString(), project: "webrtc", actor: "token abc", action, subject: "ns", detail: { b: 1.5, a: ["x", null] } };
}

for (const engine of ENGINES) {
  describe.skipIf(engine.skip !== undefined)(`the state on ${engine.name}`, () => {
    let maker: StateMaker;
    let opened: OpenedState;
    let state: State;

    beforeAll(async () => {
      maker = await engine.start();
      opened = await maker.open();
      state = opened.state;
      await addProject(state.db, "webrtc", AT);
    });
    afterAll(async () => {
      await state?.close();
      await maker?.stop();
    });

    it("chains audit rows, many at once too, and finds the chain whole", async () => {
      await appendAudit(state.db, entry("start"));
      await Promise.all(Array.from({ length: 8 }, (_, at) => appendAudit(state.db, entry(`hold ${at}`))));
      const rows = await auditRows(state.db);
      expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(await verifyAudit(state.db)).toEqual({ status: "intact", rows: 9, head: rows.at(-1)?.hash });
      expect(await verifyAudit(state.db, rows[3]?.hash)).toMatchObject({ status: "intact" });
    });

    it("loses the audit row with the action that failed", async () => {
      const before = (await auditRows(state.db)).length;
      const failed = state.db.transaction(async (tx) => {
        await appendAudit(tx, entry("never"));
        throw new Error("the action failed");
      });
      await expect(failed).rejects.toThrow("the action failed");
      expect(await auditRows(state.db)).toHaveLength(before);
    });

    it("refuses to alter, remove or empty the audit log", async () => {
      for (const text of ["update audit set actor = 'me'", "delete from audit where seq = 2", "truncate audit"]) {
        await expect(state.db.execute(sql.raw(text))).rejects.toMatchObject({ cause: { message: "the audit log is append-only" } });
      }
    });

    it("finds an altered row, a removed one and a cut tail when somebody took the trigger away", async () => {
      const head = (await auditRows(state.db)).at(-1)?.hash;
      await state.db.execute(sql.raw("alter table audit disable trigger all"));
      await state.db.execute(sql.raw("update audit set actor = 'somebody else' where seq = 4"));
      expect(await verifyAudit(state.db)).toEqual({ status: "broken", seq: 4, reason: "it was altered" });
      await state.db.execute(sql.raw("update audit set actor = 'token abc' where seq = 4"));
      await state.db.execute(sql.raw("delete from audit where seq = 9"));
      expect(await verifyAudit(state.db)).toMatchObject({ status: "intact", rows: 8 });
      expect(await verifyAudit(state.db, head)).toMatchObject({ status: "broken" });
      await state.db.execute(sql.raw("delete from audit where seq = 5"));
      expect(await verifyAudit(state.db)).toEqual({ status: "broken", seq: 6, reason: "row 5 is missing" });
      await state.db.execute(sql.raw("alter table audit enable trigger all"));
    });

    it("writes an experiment's state only over the one that was read", async () => {
      const row = { project: "webrtc", id: "ns-150", useCase: "ns", definition: { id: "ns-150" }, state: { stage: 0 } };
      const whole = { ...row, status: "draft", revision: 0, createdAt: AT, updatedAt: AT };
      expect(await insertExperiment(state.db, whole)).toBe(true);
      expect(await insertExperiment(state.db, whole)).toBe(false);
      const read = await findExperiment(state.db, "webrtc", "ns-150");
      if (read === undefined) throw new Error("it is not there");
      await updateExperiment(state.db, read, { state: { stage: 1 }, status: "running", updatedAt: LATER });
      await expect(updateExperiment(state.db, read, { state: {}, status: "held", updatedAt: LATER })).rejects.toMatchObject({
        code: "state-invalid",
      });
      expect(await findExperiment(state.db, "webrtc", "ns-150")).toMatchObject({
        state: { stage: 1 },
        revision: 1,
        status: "running",
        updatedAt: LATER,
      });
    });

    it("gives each version of a seed once, also to those who ask at the same time", async () => {
      async function publish(kind: "base" | "halt"): Promise<void> {
        await state.db.transaction(async (tx) => {
          await lockSeeds(tx, "webrtc");
          const version = (await newestVersion(tx, "webrtc")) + 1;
          const baseVersion = kind === "base" ? version : ((await currentSeed(tx, "webrtc"))?.base.version ?? 0);
          await insertSeed(tx, { project: "webrtc", version, kind, baseVersion, digest: "d", envelope: "{}", keyId: "k", storedAt: AT });
        });
      }
      await publish("base");
      await Promise.all([publish("halt"), publish("halt"), publish("halt")]);
      expect(await currentSeed(state.db, "webrtc")).toMatchObject({ base: { version: 1 }, halt: { version: 4 } });
      await publish("base");
      expect(await currentSeed(state.db, "webrtc")).toMatchObject({ base: { version: 5 } });
      expect((await currentSeed(state.db, "webrtc"))?.halt).toBeUndefined();
    });

    it("ends a phase where the next begins", async () => {
      const phase = { project: "webrtc", experiment: "ns-150", stage: 0, percent: 0.1, arms: [], seedVersion: 1, beganAt: AT };
      await beginPhase(state.db, { ...phase, phase: 0 });
      await beginPhase(state.db, { ...phase, phase: 1, percent: 1, beganAt: LATER });
      const found = await listPhases(state.db, "webrtc", "ns-150");
      expect(found.map(({ percent, endedAt }) => [percent, endedAt])).toEqual([
        [0.1, LATER],
        [1, null],
      ]);
    });

    it("keeps decisions with their evidence, and confirms the halts among them", async () => {
      const row = { project: "webrtc", experiment: "ns-150", phase: 1, at: AT, decision: { reasons: ["crashes"] } };
      await insertDecision(state.db, { ...row, action: "wait" });
      await insertDecision(state.db, { ...row, action: "halt", outcome: "halted", seedVersion: 6 });
      await confirmHaltsOf(state.db, "webrtc", "ns-150", LATER);
      const found = await listDecisions(state.db, "webrtc", "ns-150");
      expect(found.map(({ action, confirmedAt }) => [action, confirmedAt])).toEqual([
        ["halt", LATER],
        ["wait", null],
      ]);
      expect(found[0]).toMatchObject({ decision: { reasons: ["crashes"] }, seedVersion: 6 });
    });

    it("gives a lease back only to its holder, and takes back what ran out", async () => {
      const lease = { job: "j", queue: "q", worker: "w", labels: ["arm64"], holder: "h", leasedAt: AT, expiresAt: LATER };
      await putLease(state.db, lease);
      expect(await renewLease(state.db, "j", "another", AT, LATER)).toBe(false);
      expect(await renewLease(state.db, "j", "h", AT, new Date(LATER.getTime() + 1000))).toBe(true);
      expect(await takeExpiredLeases(state.db, LATER)).toEqual([]);
      expect(await takeLeaseBack(state.db, "j", "another")).toBeUndefined();
      expect(await takeLeaseBack(state.db, "j", "h")).toMatchObject({ labels: ["arm64"] });
      await putLease(state.db, lease);
      expect(await takeExpiredLeases(state.db, LATER)).toHaveLength(1);
    });

    it("is there again after it was closed, and refuses the tables of a newer program", async () => {
      await writeSetting(state.db, "webrtc", "look", { hours: 1 }, AT);
      await writeSetting(state.db, "webrtc", "look", { hours: 2 }, AT);
      await state.close();
      ({ state } = await maker.open(opened.place));
      expect(await readSetting(state.db, "webrtc", "look")).toEqual({ hours: 2 });
      await state.db.execute(sql.raw("insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9999999999999)"));
      await state.close();
      await expect(maker.open(opened.place)).rejects.toMatchObject({ code: "state-invalid" });
      ({ state } = await maker.open());
    });
  });
}

describe("a folder's state", () => {
  it("is refused to who comes second", async () => {
    const maker = await (ENGINES[0] ?? { start: () => Promise.reject(new Error("no engine")) }).start();
    const { state, place } = await maker.open();
    await expect(maker.open(place)).rejects.toMatchObject({ code: "locked" });
    await state.close();
    await maker.stop();
  });

  it("is not touched while its disk is nearly full, and goes on by itself when there is space again", async () => {
    const dir = temporaryFolder();
    const disk = { free: LEAST_FREE };
    const state = await openPglite(dir, () => disk.free);
    const append = () => appendAudit(state.db, { at: "t", project: "p", actor: "a", action: "b", subject: "c", detail: {} });
    await append();
    disk.free = LEAST_FREE - 1;
    const refused = await append().catch((error: unknown) => error);
    expect(answerOf(refused)).toMatchObject({ status: 503, retryAfter: 10, body: { error: { code: "disk" } } });
    const query = await state.db.query.audit.findMany().catch((error: unknown) => error);
    expect(answerOf(query)).toMatchObject({ status: 503 });
    await expect(state.executeSql("select 1")).rejects.toMatchObject({ code: "disk" });
    disk.free = LEAST_FREE;
    await append();
    expect(await verifyAudit(state.db)).toMatchObject({ status: "intact", rows: 2 });
    await state.close();
    disk.free = 0;
    await expect(openPglite(dir, () => disk.free)).rejects.toMatchObject({ code: "disk" });
  });
});
