/** Owns the halt that the server signs by itself: everybody whose experiment was stopped goes back to the old flavor. */
import type { BasePayload, SeedDocument } from "../../model/seed.js";
import { openDocument, signHalt } from "../../experiment/assignment/sign-seed.js";
import type { RampEntry } from "../../experiment/ramp/entry.js";
import { nextHalt } from "../../experiment/ramp/halt-payload.js";
import { appendAudit } from "../../store/state/audit-log.js";
import type { Database } from "../../store/state/database.js";
import { currentSeed, insertSeed, newestVersion } from "../../store/state/seeds.js";
import { UnforkError } from "../../support/errors.js";
import { sha256 } from "../../support/hash.js";
import { type Actor, type Core, SERVER } from "./core.js";
import { documentOf } from "./load-seed.js";

/** A halt that was stored; it is published when the transaction has ended well. */
export interface StoredHalt {
  readonly document: SeedDocument;
  readonly version: number;
}

/** Signs and stores the halt that the ramps ask for, if the one in force does not say it all; within the caller's transaction and lock. */
export async function storeHalt(
  tx: Database,
  core: Core,
  entries: readonly RampEntry[],
  actor: Actor = SERVER,
): Promise<StoredHalt | undefined> {
  const stored = await currentSeed(tx, core.project);
  if (stored === undefined) return undefined;
  const document = documentOf(stored);
  const { base, halt } = openDocument(document);
  const now = core.now();
  const payload = nextHalt({
    base: base.payload,
    baseDigest: base.digest,
    version: (await newestVersion(tx, core.project)) + 1,
    issued: now.toISOString(),
    entries,
    before: halt?.payload.caps,
  });
  if (payload === undefined) return undefined;
  expectTrusted(core.haltKey, base.payload);
  const envelope = signHalt(payload, [core.haltKey]);
  const digest = sha256(Buffer.from(envelope.payload, "base64"));
  const { version } = payload;
  const row = { project: core.project, version, kind: "halt" as const, baseVersion: payload.baseVersion, digest, keyId: core.haltKey.id };
  await insertSeed(tx, { ...row, envelope: JSON.stringify(envelope), storedAt: now });
  const detail = { version, base: payload.baseVersion, caps: payload.caps };
  await appendAudit(tx, {
    at: now.toISOString(),
    project: core.project,
    actor: actor.name,
    action: "seed.halt",
    subject: String(version),
    detail,
  });
  return { document: { base: document.base, halt: envelope }, version };
}

/** Clients would reject a halt by a key that the base does not name: better to be told now than to believe that it works. */
function expectTrusted({ id }: Core["haltKey"], { version, keys, revoked }: BasePayload): void {
  if (keys.some((key) => key.id === id) && !revoked.includes(id)) return;
  throw new UnforkError("state-invalid", `the base ${version} does not trust this server's halt key ${id}: clients would reject its halt`, {
    hint: "halt from a server that has the base's key, or sign the proposal, which names this one",
  });
}
