/** Owns the taking in of a base that a signer signed: judged as clients will, held against what the ramps allow, and published. */
import type { BasePayload, Envelope } from "../../model/seed.js";
import { judgeSeed } from "../../experiment/assignment/judge-seed.js";
import { publicPart } from "../../experiment/assignment/keys.js";
import { armsAt } from "../../experiment/ramp/ranges.js";
import type { Raise } from "../../experiment/ramp/base-payload.js";
import { checkBase } from "../../experiment/ramp/check-base.js";
import { beginPhase as beginRampPhase } from "../../experiment/ramp/transitions.js";
import { appendAudit } from "../../store/state/audit-log.js";
import type { Database } from "../../store/state/database.js";
import { addKey, revokeKey } from "../../store/state/keys.js";
import { beginPhase } from "../../store/state/phases.js";
import { insertSeed, lockSeeds, newestVersion } from "../../store/state/seeds.js";
import { UnforkError } from "../../support/errors.js";
import type { Actor, Core } from "./core.js";
import { type StoredEntry, storedEntries, storedEntry, writeRamp } from "./entries.js";
import { loadSeed } from "./load-seed.js";
import type { ServedSeed } from "./publisher.js";
import { trustOf } from "./trust.js";

export interface AcceptedBase {
  readonly version: number;
  readonly raises: readonly Raise[];
}

/** How far `issued` may lie from the server's clock, and how long a base may hold, in ms. */
const ISSUED_WITHIN = 86_400_000;
const LONGEST = 400 * 86_400_000;

/** Versions that a base may leave out. */
const MOST_SKIPPED = 100_000;

/** Takes in a signed base and begins the phases that it brings. Throws `input-invalid` for what clients would reject, `state-invalid` for what the ramps do not allow. */
export async function acceptBase(core: Core, envelope: Envelope, actor: Actor): Promise<AcceptedBase> {
  const { accepted, document } = await core.db.transaction(async (tx) => {
    await lockSeeds(tx, core.project);
    return acceptWithin(tx, core, envelope, actor);
  });
  core.publisher.publish(document);
  return accepted;
}

async function acceptWithin(tx: Database, core: Core, envelope: Envelope, actor: Actor) {
  const current = await loadSeed({ ...core, db: tx });
  const { payload, digest, keyId } = await judged(tx, core, envelope, current);
  await checkFrame(tx, core, payload);
  const entries = await storedEntries(tx, core.project);
  const at = core.now();
  const check = checkBase(payload, entries, at.toISOString());
  if (check.status === "refused") {
    throw new UnforkError("state-invalid", `the base does not say what the rollouts allow: it ${check.differences.join("; it ")}`, {
      hint: "fetch the proposal again and sign that",
    });
  }
  const { version } = payload;
  await insertSeed(tx, {
    project: core.project,
    version,
    kind: "base",
    baseVersion: version,
    digest,
    envelope: JSON.stringify(envelope),
    keyId,
    storedAt: at,
  });
  await keepKeys(tx, payload, at);
  for (const raise of check.raises) await begin(tx, core, storedEntry(entries, raise.experiment), version, actor);
  const detail = { version, digest, key: keyId, raises: check.raises.map(({ experiment, from, to }) => ({ experiment, from, to })) };
  await appendAudit(tx, {
    at: at.toISOString(),
    project: core.project,
    actor: actor.name,
    action: "seed.base",
    subject: String(version),
    detail,
  });
  return { accepted: { version, raises: check.raises }, document: { base: envelope } };
}

interface Judged {
  readonly payload: BasePayload;
  readonly digest: string;
  readonly keyId: string;
}

async function judged(tx: Database, core: Core, envelope: Envelope, current: ServedSeed | undefined): Promise<Judged> {
  const judgement = judgeSeed(JSON.stringify({ base: envelope }), await trustOf(tx, core.project, current, core.now()));
  if (judgement.status === "rejected") throw new UnforkError("input-invalid", judgement.message);
  if (judgement.status === "same") throw new UnforkError("state-invalid", "this base is served already");
  return { payload: judgement.base, digest: judgement.seed.base.digest, keyId: envelope.signatures[0]?.keyid ?? "" };
}

/** What a signer could get wrong without a client noticing. */
async function checkFrame(tx: Database, core: Core, { version, issued, expires, keys, revoked }: BasePayload): Promise<void> {
  const next = (await newestVersion(tx, core.project)) + 1;
  // A state that was restored may know fewer versions than the fleet has seen: a signer may go beyond them.
  if (version < next || version > next + MOST_SKIPPED) {
    throw new UnforkError("state-invalid", `the next version is ${next}, not ${version}`, {
      hint: "fetch the proposal again and sign that",
    });
  }
  const now = core.now().getTime();
  if (Math.abs(Date.parse(issued) - now) > ISSUED_WITHIN)
    throw new UnforkError("input-invalid", `issued lies more than a day from this server's clock: ${issued}`);
  if (Date.parse(expires) <= now || Date.parse(expires) > now + LONGEST)
    throw new UnforkError("input-invalid", `expires must lie within 400 days: ${expires}`);
  const own = publicPart(core.haltKey);
  if (revoked.includes(own.id) || !keys.some(({ id }) => id === own.id)) {
    throw new UnforkError("input-invalid", `the base does not trust this server's halt key ${own.id}: clients would reject its halts`, {
      hint: "leave it among the keys, or start the server with another --halt-key first",
    });
  }
  if (!keys.some(({ id, role }) => role === "signer" && !revoked.includes(id)))
    throw new UnforkError("input-invalid", "the base trusts no signer: none could follow it");
}

async function keepKeys(tx: Database, { project, version, keys, revoked }: BasePayload, at: Date): Promise<void> {
  for (const key of keys) await addKey(tx, { project, ...key, origin: "seed", seedVersion: version, addedAt: at });
  for (const id of revoked) await revokeKey(tx, project, id, version, at);
}

async function begin(tx: Database, core: Core, entry: StoredEntry, seedVersion: number, actor: Actor): Promise<void> {
  const at = core.now();
  const ramp = beginRampPhase(entry, at.toISOString());
  await writeRamp(tx, entry, ramp, at);
  const phase = ramp.phases.at(-1);
  if (phase === undefined) return;
  const { experiment } = entry;
  const row = { project: core.project, experiment: experiment.id, phase: phase.phase, stage: phase.stage, percent: phase.percent };
  await beginPhase(tx, { ...row, arms: armsAt(experiment, phase.percent), seedVersion, beganAt: at });
  const detail = { phase: phase.phase, percent: phase.percent, seed: seedVersion };
  await appendAudit(tx, {
    at: at.toISOString(),
    project: core.project,
    actor: actor.name,
    action: "rollout.phase",
    subject: experiment.id,
    detail,
  });
}
