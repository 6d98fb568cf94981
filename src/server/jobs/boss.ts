/** Owns the queue of jobs: pg-boss, on the connection that the state has. */
import PgBoss from "pg-boss";

import type { State } from "../../store/state/database.js";
import { messageOf } from "../../support/errors.js";

/** Starts it; its tables lie in the schema `pgboss`. Trouble with the database is told and tried again. */
export async function openBoss(state: Pick<State, "executeSql">, log: (text: string) => void): Promise<PgBoss> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => state.executeSql(text, values as readonly unknown[] | undefined) as Promise<{ rows: object[] }> },
    schedule: false,
    retryLimit: 3,
    archiveCompletedAfterSeconds: 7 * 86_400,
    archiveFailedAfterSeconds: 30 * 86_400,
  });
  let said = "";
  boss.on("error", (error) => {
    const text = messageOf(error);
    if (text !== said) log(`the queue of jobs: ${text}`);
    said = text;
  });
  await boss.start();
  return boss;
}
