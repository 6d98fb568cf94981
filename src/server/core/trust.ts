/** Owns whose signatures count: keys named on the server's machine, and those that seeds brought, less what was revoked. */
import type { TrustedKey } from "../../model/seed.js";
import type { SeedTrust } from "../../experiment/assignment/judge-seed.js";
import { appendAudit } from "../../store/state/audit-log.js";
import type { Database } from "../../store/state/database.js";
import { addKey, listKeys } from "../../store/state/keys.js";
import type { Actor, Core } from "./core.js";
import type { ServedSeed } from "./publisher.js";

/** Trusts a key from now on, as a program trusts those that are built into it. */
export async function trustKey(core: Pick<Core, "db" | "project" | "now">, key: TrustedKey, actor: Actor): Promise<boolean> {
  const at = core.now();
  return core.db.transaction(async (tx) => {
    const row = { project: core.project, ...key, origin: "local" as const, seedVersion: 0, addedAt: at };
    if (!(await addKey(tx, row))) return false;
    const detail = { role: key.role, publicKey: key.publicKey };
    await appendAudit(tx, { at: at.toISOString(), project: core.project, actor: actor.name, action: "key.trust", subject: key.id, detail });
    return true;
  });
}

/** What an uploaded seed is judged by: as a client would that follows this server from its beginning. */
export async function trustOf(db: Database, project: string, current: ServedSeed | undefined, now: Date): Promise<SeedTrust> {
  const keys = await listKeys(db, project);
  const local = keys.filter(({ origin }) => origin === "local").map(({ id, role, publicKey }) => ({ id, role, publicKey }));
  const revoked = keys.filter(({ revokedAt }) => revokedAt !== null).map(({ id }) => id);
  if (current === undefined)
    return { project, keys: local.filter(({ id }) => !revoked.includes(id)), previous: undefined, now: now.getTime() };
  const { base, version, baseDigest } = current;
  const previous = { project, version, baseVersion: base.version, baseDigest, haltDigest: null, caps: {}, keys: base.keys, revoked };
  return { project, keys: local, previous, now: now.getTime() };
}
