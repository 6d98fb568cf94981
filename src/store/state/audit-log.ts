/** Owns the audit log: rows chained by hashes, appended one after the other, and the check of the chain. */
import { asc, desc, gt, sql } from "drizzle-orm";

import { canonicalJson, sha256 } from "../../support/hash.js";
import type { Database } from "./database.js";
import { audit } from "./schema/index.js";

/** What was done, by whom. */
export interface AuditEntry {
  readonly at: string;
  readonly project: string;
  /** A token's id and name, or what acted by itself (`server`). */
  readonly actor: string;
  readonly action: string;
  /** The experiment, token or seed that it was done to. */
  readonly subject: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export type AuditRow = typeof audit.$inferSelect;

/** The `previous` of the first row. */
const BEGINNING = "0".repeat(64);

/** Held until the transaction ends, so that rows get their numbers one by one. */
const APPEND_LOCK = 7_031_854;

/** Appends a row; within the caller's transaction where `db` is one, so that an action and its row stand or fall together. */
export async function appendAudit(db: Database, entry: AuditEntry): Promise<AuditRow> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${APPEND_LOCK})`);
    const [last] = await tx.select({ seq: audit.seq, hash: audit.hash }).from(audit).orderBy(desc(audit.seq)).limit(1);
    const row = { ...entry, seq: (last?.seq ?? 0) + 1, detail: canonicalJson(entry.detail), previous: last?.hash ?? BEGINNING };
    const whole = { ...row, hash: hashOf(row) };
    await tx.insert(audit).values(whole);
    return whole;
  });
}

/** SHA-256 of the canonical JSON of all columns but the hash itself. */
function hashOf({ seq, at, project, actor, action, subject, detail, previous }: Omit<AuditRow, "hash">): string {
  return sha256(canonicalJson({ seq, at, project, actor, action, subject, detail, previous }));
}

/** Rows after a number, oldest first. */
export async function auditRows(db: Database, after = 0, limit = 1000): Promise<AuditRow[]> {
  return db.select().from(audit).where(gt(audit.seq, after)).orderBy(asc(audit.seq)).limit(limit);
}

/** The newest rows, newest first. */
export async function newestAuditRows(db: Database, limit: number): Promise<AuditRow[]> {
  return db.select().from(audit).orderBy(desc(audit.seq)).limit(limit);
}

export type AuditVerdict =
  | { readonly status: "intact"; readonly rows: number; readonly head: string }
  | { readonly status: "broken"; readonly seq: number; readonly reason: string };

/**
 * Walks the whole chain. Rows cut off at the end leave a chain that is intact and shorter: `head` is to be noted elsewhere, and
 * given back as `since`, a head that was seen before and has to be in the chain.
 */
export async function verifyAudit(db: Database, since?: string): Promise<AuditVerdict> {
  let previous = BEGINNING;
  let seq = 0;
  let seen = since === undefined || since === BEGINNING;
  for (let rows = await auditRows(db); rows.length > 0; rows = await auditRows(db, seq)) {
    for (const row of rows) {
      const reason = faultOf(row, seq + 1, previous);
      if (reason !== undefined) return { status: "broken", seq: row.seq, reason };
      seq = row.seq;
      previous = row.hash;
      seen ||= row.hash === since;
    }
  }
  if (!seen) return { status: "broken", seq, reason: "the row with the hash that was noted before is gone" };
  return { status: "intact", rows: seq, head: previous };
}

function faultOf(row: AuditRow, seq: number, previous: string): string | undefined {
  if (row.seq !== seq) return `row ${seq} is missing`;
  if (row.previous !== previous) return "it does not follow the row before it";
  return row.hash === hashOf(row) ? undefined : "it was altered";
}
