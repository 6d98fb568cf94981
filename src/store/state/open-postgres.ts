/** Owns the state in a PostgreSQL server: a pool that survives the server's restarts. */
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";

import { UnforkError, messageOf } from "../../support/errors.js";
import type { State } from "./database.js";
import { MIGRATIONS, refuseNewer } from "./migrations.js";
import * as schema from "./schema/index.js";

/** The oldest PostgreSQL that the tests run on. */
const OLDEST = 150_000;

/** Any number, the same in every server: who holds it migrates. */
const MIGRATION_LOCK = 7_031_853;

/** Opens the state at a URL. Throws `network` when there is no answer, `state-invalid` for a server or tables that do not do. */
export async function openPostgres(url: string): Promise<State> {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5000, keepAlive: true });
  // An idle connection that the server ends is replaced with the next query; without a listener Node would end the process.
  pool.on("error", () => undefined);
  // Nor does one end it that is lost between two queries of a transaction: the next query tells.
  pool.on("connect", (client) => void client.on("error", () => undefined));
  try {
    await bringUpToDate(pool);
  } catch (error) {
    await pool.end();
    if (error instanceof UnforkError) throw error;
    throw new UnforkError("network", `cannot open the database: ${messageOf(error)}`, {
      hint: "check DATABASE_URL (or --database), and that the server runs",
      cause: error,
    });
  }
  return {
    db: drizzle(pool, { schema }),
    engine: "postgresql",
    async executeSql(text, values) {
      const result = await pool.query(text, values === undefined ? undefined : [...values]);
      return { rows: Array.isArray(result) ? (result as pg.QueryResult[]).flatMap(({ rows }) => rows as unknown[]) : result.rows };
    },
    close: () => pool.end(),
  };
}

/** Servers that start together migrate one after the other. */
async function bringUpToDate(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ server_version_num: string }>("show server_version_num");
    const version = Number(rows[0]?.server_version_num);
    if (version < OLDEST)
      throw new UnforkError("state-invalid", `PostgreSQL ${Math.floor(version / 10_000)} is too old: 15 or newer is needed`);
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    const db = drizzle(client, { schema });
    await refuseNewer(db);
    await migrate(db, { migrationsFolder: MIGRATIONS });
    await client.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK]);
  } finally {
    // Ends the connection and with it the lock, whatever went wrong.
    client.release(true);
  }
}
