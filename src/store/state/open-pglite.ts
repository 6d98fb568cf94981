/** Owns the state in a folder: PGlite, which one process at a time may open. */
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";

import { UnforkError } from "../../support/errors.js";
import { exists, makeFolder } from "../../support/fs.js";
import { takeLock } from "../../support/lock.js";
import type { State } from "./database.js";
import { expectSpace, freeBytes, guardSpace } from "./guard-space.js";
import { MIGRATIONS, refuseNewer } from "./migrations.js";
import { layNewState } from "./new-state.js";
import * as schema from "./schema/index.js";

/**
 * Opens `DIR/state`. A second process on one folder would damage it (PGlite does not look), so a lock file stands beside it; that
 * of a dead process is taken over. Throws `locked`, `disk` or `state-invalid`.
 */
export async function openPglite(dir: string, free = freeBytes): Promise<State> {
  const letGo = await lockFolder(dir);
  try {
    await makeFolder(dir);
    const look = (): void => expectSpace(dir, free);
    look();
    const folder = join(dir, "state");
    if (!(await exists(folder))) await layNewState(folder);
    const client = await PGlite.create(folder);
    guardSpace(client, look);
    const db = drizzle(client, { schema });
    await refuseNewer(db);
    await migrate(db, { migrationsFolder: MIGRATIONS });
    return {
      db,
      engine: "pglite",
      async executeSql(text, values) {
        if (values !== undefined && values.length > 0) return client.query(text, [...values]);
        return { rows: (await client.exec(text)).flatMap(({ rows }) => rows) };
      },
      async close() {
        await client.close();
        await letGo();
      },
    };
  } catch (error) {
    await letGo();
    throw error;
  }
}

async function lockFolder(dir: string): Promise<() => Promise<void>> {
  try {
    return await takeLock(join(dir, "state.lock"), "unfork serve");
  } catch (error) {
    if (!(error instanceof UnforkError) || error.code !== "locked") throw error;
    throw new UnforkError("locked", `process ${error.context["pid"]} has the state in ${dir} open`, {
      hint: "stop that server first, or reach it by --url; several servers share a PostgreSQL by DATABASE_URL",
      context: error.context,
      cause: error,
    });
  }
}
