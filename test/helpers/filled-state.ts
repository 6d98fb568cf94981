/** Owns rows for every table of a state, with values that a careless copy would bend. */
import { sql } from "drizzle-orm";

import { appendAudit } from "../../src/store/state/audit-log.js";
import type { State } from "../../src/store/state/database.js";
import { insertAttribution, insertDecision, appendLook } from "../../src/store/state/decisions.js";
import { addProject, insertExperiment } from "../../src/store/state/experiments.js";
import { addKey } from "../../src/store/state/keys.js";
import { putLease } from "../../src/store/state/leases.js";
import { beginPhase } from "../../src/store/state/phases.js";
import { insertSeed } from "../../src/store/state/seeds.js";
import { writeSetting } from "../../src/store/state/settings.js";
import { insertToken } from "../../src/store/state/tokens.js";

const AT = new Date("2026-11-30T12:00:00.123Z");

/** An envelope with blanks, escapes and other alphabets in it: one byte that differs is another seed. */
export const ENVELOPE = '{ "payload":"é\\u0000\\"ß 漢字 🎧\t" ,\n "a":1.50 }';

const ODD = { zero: -0.0, small: 1e-300, large: 2 ** 80, deep: [null, [], {}, "\\n\u2028 'quoted' \"too\" $1 :b"] };

/** Rows in every table; `many` decisions. */
export async function fillState({ db }: State, many = 250): Promise<void> {
  const mine = { project: "webrtc", experiment: "ns-150" };
  for (const name of ["webrtc", "zlib ☂"]) await addProject(db, name, AT);
  const planned = { definition: { id: "ns-150", odd: ODD }, state: { stage: 0 }, status: "running", revision: 7 };
  await insertExperiment(db, { project: "webrtc", id: "ns-150", useCase: "ns", ...planned, createdAt: AT, updatedAt: AT });
  await beginPhase(db, { ...mine, phase: 1, stage: 0, percent: 0.1 + 0.2, arms: [], seedVersion: 1, beganAt: AT });
  await insertDecisions(db, many);
  await appendLook(db, { ...mine, look: 1, phase: 1, at: AT, evidence: ODD });
  await insertAttribution(db, { ...mine, at: AT, attribution: ODD });
  await insertSeed(db, {
    project: "webrtc",
    version: 41,
    kind: "base",
    baseVersion: 41,
    digest: "d",
    envelope: ENVELOPE,
    keyId: "k",
    storedAt: AT,
  });
  await addKey(db, { project: "webrtc", id: "k", role: "signer", publicKey: "p", origin: "local", seedVersion: 0, addedAt: AT });
  const made = { hash: "h", createdBy: "local", createdAt: AT, expiresAt: null };
  await insertToken(db, { id: "0123456789ab", project: "webrtc", role: "ingest", name: "fleet", ...made });
  await writeSetting(db, "webrtc", "odd", ODD, AT);
  await putLease(db, { job: "j", queue: "lab.", worker: "w", labels: ["a"], holder: "h", leasedAt: AT, expiresAt: AT });
  for (const action of ["one", "two", "three"]) {
    await appendAudit(db, { at: AT.toISOString(), project: "webrtc", actor: "a", action, subject: "s", detail: ODD });
  }
  // Finer than a Date and a number of JavaScript.
  await db.execute(
    sql`update settings set updated_at = '2026-11-30 12:00:00.123456+05:30', value = value || '{"exact": 12345678901234567890.10}'`,
  );
}

async function insertDecisions(db: State["db"], many: number): Promise<void> {
  const row = { project: "webrtc", experiment: "ns-150", phase: 1, at: AT, action: "wait", decision: ODD };
  for (let at = 0; at < 3; at++) await insertDecision(db, row);
  await db.execute(sql`delete from decisions where id = 3`);
  await db.execute(
    sql`insert into decisions (project, experiment, phase, at, action, decision) select 'webrtc', 'ns-150', 1, ${AT.toISOString()}::timestamptz, 'wait', jsonb_build_object('n', n, 'why', repeat('x', 400)) from generate_series(1, ${many}) n`,
  );
}
