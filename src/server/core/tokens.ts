/** Owns tokens: made once and shown once, known again by a hash. */
import { createHash, timingSafeEqual } from "node:crypto";

import { sha256 } from "../../support/hash.js";
import { UnforkError } from "../../support/errors.js";
import { randomId, secretBytes } from "../../support/random.js";
import { appendAudit } from "../../store/state/audit-log.js";
import { type Role, type TokenRow, insertToken, revokeToken } from "../../store/state/tokens.js";
import type { Actor, Core } from "./core.js";

/** `unfork_ROLE_ID_SECRET`: the id is looked up, the secret is 256 random bits in base64url. */
const SHAPE = /^unfork_(ingest|reader|operator|signer|worker)_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

export const ROLES = ["ingest", "reader", "operator", "signer", "worker"] as const satisfies readonly Role[];

export interface NewToken {
  readonly id: string;
  readonly role: Role;
  /** Shown now and never again. */
  readonly token: string;
}

/** Makes a token. With 256 random bits there is nothing to guess, so that a plain SHA-256 is kept, not a slow hash. */
export async function createToken(
  core: Pick<Core, "db" | "project" | "now">,
  { role, name, days }: { readonly role: Role; readonly name: string; readonly days?: number },
  actor: Actor,
): Promise<NewToken> {
  const id = randomId();
  const secret = secretBytes(32).toString("base64url");
  const at = core.now();
  const expiresAt = days === undefined ? null : new Date(at.getTime() + days * 86_400_000);
  await core.db.transaction(async (tx) => {
    const row = { id, project: core.project, role, name, hash: sha256(secret), createdBy: actor.name, createdAt: at, expiresAt };
    await insertToken(tx, row);
    const detail = { role, name, ...(expiresAt === null ? {} : { expires: expiresAt.toISOString() }) };
    await appendAudit(tx, { at: at.toISOString(), project: core.project, actor: actor.name, action: "token.create", subject: id, detail });
  });
  return { id, role, token: `unfork_${role}_${id}_${secret}` };
}

/** Ends a token. Throws `input-missing` when there is none that still counts. */
export async function endToken(core: Pick<Core, "db" | "project" | "now">, id: string, actor: Actor): Promise<void> {
  const at = core.now();
  await core.db.transaction(async (tx) => {
    if (!(await revokeToken(tx, core.project, id, at))) throw new UnforkError("input-missing", `there is no token ${id} to revoke`);
    await appendAudit(tx, {
      at: at.toISOString(),
      project: core.project,
      actor: actor.name,
      action: "token.revoke",
      subject: id,
      detail: {},
    });
  });
}

/** The parts of a token's text, or undefined for what is none. */
export function partsOf(text: string): { readonly id: string; readonly secret: string } | undefined {
  const [, , id, secret] = SHAPE.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/** Whether a secret is a stored token's, in a time that tells nothing of it; and the token counts now. */
export function isTokenOf(row: TokenRow, secret: string, now: Date): boolean {
  const given = createHash("sha256").update(secret).digest();
  const same = timingSafeEqual(given, Buffer.from(row.hash, "hex"));
  return same && row.revokedAt === null && (row.expiresAt === null || row.expiresAt > now);
}
