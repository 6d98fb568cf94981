/** Owns whether anybody else is connected to a database: a server that runs would go on writing to what was moved. */
import { sql } from "drizzle-orm";

import { sleep } from "../../../support/clock.js";
import { UnforkError } from "../../../support/errors.js";
import type { State } from "../database.js";
import { rowsBy } from "./run-sql.js";

/** Sessions that ended are listed for a moment still. */
const TRIES = 20;
const WAIT_MS = 100;

/** The URL with a name for its sessions, by which they are known from others'. */
export function namedUrl(databaseUrl: string, name: string): string {
  const mark = databaseUrl.includes("?") ? "&" : "?";
  return `${databaseUrl}${mark}application_name=${encodeURIComponent(name)}`;
}

/**
 * Throws `locked` when sessions of another name are connected to a PostgreSQL. A role that is no superuser sees of others' sessions that they
 * are there, and no more; background workers have no user. A folder's state has its lock.
 */
export async function refuseOthers({ db, engine }: Pick<State, "db" | "engine">, name: string): Promise<void> {
  if (engine === "pglite") return;
  let others: readonly unknown[] = [];
  for (let tries = 0; tries < TRIES; tries += 1) {
    others = await rowsBy(
      db,
      sql`select pid from pg_stat_activity where datname = current_database() and usesysid is not null and application_name is distinct from ${name}`,
    );
    if (others.length === 0) return;
    await sleep(WAIT_MS);
  }
  throw new UnforkError("locked", `${others.length} other sessions are connected to the database that is to be moved`, {
    hint: "stop all servers on it, and end what else is connected: select pid, application_name from pg_stat_activity",
    context: { sessions: others.length },
  });
}
