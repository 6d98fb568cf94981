/** Owns what is read from pg-boss's own table (release 10): the list of jobs, and those that nobody holds. */
import type { ExecuteSql } from "../../store/state/database.js";

export interface ListedJob {
  readonly id: string;
  readonly queue: string;
  readonly state: string;
  readonly job: unknown;
  /** What the worker gave back. */
  readonly result: unknown;
  readonly worker: string | null;
  readonly tries: number;
  readonly created: string;
  readonly started: string | null;
  readonly completed: string | null;
}

const LIST = `
select j.id::text as id, j.name as queue, j.state::text as state, j.data as job, j.output as result, l.worker as worker,
  j.retry_count as retries, j.created_on as created, j.started_on as started, j.completed_on as completed
from pgboss.job j left join leases l on l.job = j.id::text
where j.name like 'lab.%' order by j.created_on desc limit $1`;

const ORPHANED = `
select j.id::text as id, j.name as queue from pgboss.job j
where j.name like 'lab.%' and j.state = 'active' and j.started_on < now() - $1 * interval '1 second'
  and not exists (select 1 from leases l where l.job = j.id::text)`;

/** Newest first. */
export async function listLabJobs(executeSql: ExecuteSql, limit: number): Promise<ListedJob[]> {
  const { rows } = await executeSql(LIST, [limit]);
  return (rows as Record<string, unknown>[]).map((row) => ({
    id: String(row["id"]),
    queue: String(row["queue"]),
    state: String(row["state"]),
    job: row["job"],
    result: row["result"] ?? null,
    worker: (row["worker"] as string | null) ?? null,
    tries: Number(row["retries"]) + 1,
    created: momentOf(row["created"]) ?? "",
    started: momentOf(row["started"]),
    completed: momentOf(row["completed"]),
  }));
}

/** Fetched, and without a lease for so many seconds. */
export async function orphanedJobs(executeSql: ExecuteSql, seconds: number): Promise<{ readonly id: string; readonly queue: string }[]> {
  return (await executeSql(ORPHANED, [seconds])).rows as { id: string; queue: string }[];
}

function momentOf(value: unknown): string | null {
  return value instanceof Date ? value.toISOString() : null;
}
