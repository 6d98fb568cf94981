/** Owns where the migrations lie, and the refusal of tables that a newer program made. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";

import { UnforkError } from "../../support/errors.js";
import { ownFile } from "../../support/own-files.js";
import type { Database } from "./database.js";

/** SQL files and their journal, as drizzle-kit writes them; the same run on both engines. */
export const MIGRATIONS = ownFile("store/state/migrations");

/** Throws `state-invalid` when more migrations were applied than this program knows. */
export async function refuseNewer(db: Database): Promise<void> {
  const there = (await db.execute(sql`select to_regclass('drizzle.__drizzle_migrations') as name`)) as unknown as Rows;
  if (there.rows[0]?.["name"] === null) return;
  const newest = (await db.execute(sql`select max(created_at)::text as at from drizzle.__drizzle_migrations`)) as unknown as Rows;
  if (Number(newest.rows[0]?.["at"] ?? 0) <= newestKnown()) return;
  throw new UnforkError("state-invalid", "the state was written by a newer release of unfork", {
    hint: "run that release, or restore the backup from before the upgrade",
  });
}

interface Rows {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

interface Journal {
  readonly entries: readonly { readonly when: number }[];
}

function newestKnown(): number {
  const journal = JSON.parse(readFileSync(join(MIGRATIONS, "meta", "_journal.json"), "utf8")) as Journal;
  return Math.max(...journal.entries.map(({ when }) => when));
}
