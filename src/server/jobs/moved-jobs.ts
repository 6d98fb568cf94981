/** Owns how jobs of labs come along when a state is moved: rows of pg-boss's own table (release 10), under queues that are made first. */
import type { State } from "../../store/state/database.js";
import type { MovedTable } from "../../store/state/move/moved-table.js";
import { UnforkError } from "../../support/errors.js";
import { openBoss } from "./boss.js";

/** Leases go on behind a move, as jobs keep their ids and states. The looks of servers are not among them: each server asks for its own. */
const LAB_JOBS: MovedTable = { schema: "pgboss", name: "job", where: "name like 'lab.%'" };

/** Makes the target's queue like the source's; the tables to move, none where no server ever made a queue. Throws `state-invalid`. */
export async function prepareJobs(source: State, target: State, tell: (message: string) => void): Promise<readonly MovedTable[]> {
  const release = await releaseOf(source);
  if (release === undefined) return [];
  const boss = await openBoss(target, tell);
  try {
    const { rows } = await source.executeSql("select name from pgboss.queue where name like 'lab.%' order by name");
    for (const { name } of rows as { readonly name: string }[]) await boss.createQueue(name);
  } finally {
    await boss.stop({ graceful: false, wait: true, close: false });
  }
  if ((await releaseOf(target)) === release) return [LAB_JOBS];
  throw new UnforkError("state-invalid", "the queues of the two states are of different releases", {
    hint: "start the server of this release once on the state, stop it, and move then",
  });
}

/** Of the queue's tables; undefined where there are none. */
async function releaseOf({ executeSql }: State): Promise<number | undefined> {
  const there = await executeSql("select to_regclass('pgboss.version') is not null as there");
  if ((there.rows[0] as { readonly there: boolean }).there === false) return undefined;
  return Number(((await executeSql("select version from pgboss.version")).rows[0] as { readonly version: number }).version);
}
