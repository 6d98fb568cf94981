/** Owns that two states have the same tables: those of the same migrations, and of the same release of the queue. */
import { UnforkError } from "../../../support/errors.js";
import type { Database } from "../database.js";
import { rowsBy } from "./run-sql.js";

/** Throws `state-invalid` where one has a migration that the other has not. */
export async function expectSameMigrations(one: Database, other: Database): Promise<void> {
  const applied = await Promise.all([one, other].map(appliedTo));
  if (applied[0] === applied[1]) return;
  throw new UnforkError("state-invalid", "the tables of the two states are of different releases of unfork", {
    hint: "start the server of this release once on the state, stop it, and move then",
  });
}

async function appliedTo(db: Database): Promise<string> {
  const rows = await rowsBy(db, "select hash from drizzle.__drizzle_migrations order by hash");
  return rows.map(({ hash }) => String(hash)).join("\n");
}
