/** Owns jobs of labs: queued by labels, leased to workers, taken back from those that fall silent. */
import type PgBoss from "pg-boss";

import { type LabJob, type LabResult, type LeasedJob, labJobSchema } from "../../model/lab-job.js";
import type { State } from "../../store/state/database.js";
import { insertAttribution } from "../../store/state/decisions.js";
import { putLease, renewLease, takeExpiredLeases, takeLeaseBack } from "../../store/state/leases.js";
import { sha256 } from "../../support/hash.js";
import { secretBytes } from "../../support/random.js";
import { type ListedJob, listLabJobs, orphanedJobs } from "./list-jobs.js";
import { labelsOf, queueOf } from "./queue-name.js";

export interface LabQueueOptions {
  readonly project: string;
  readonly now: () => Date;
  readonly leaseSeconds: number;
}

export interface LabQueue {
  /** Gives the job's id. */
  add(job: LabJob): Promise<string>;
  /** The next job that these labels suffice for. */
  lease(worker: string, labels: readonly string[]): Promise<LeasedJob | undefined>;
  /** False when the lease has ended: the job is another's. */
  heartbeat(id: string, lease: string): Promise<boolean>;
  finish(id: string, lease: string, result: LabResult): Promise<boolean>;
  list(limit: number): Promise<ListedJob[]>;
  /** Gives jobs of silent workers back to the queue; how many. */
  sweep(): Promise<number>;
}

/** pg-boss lets no job run for longer; leases end much earlier. */
const LONGEST_HOURS = 23;

/** A job that was fetched and whose lease was never written: the server died between the two. */
const ORPHANED_SECONDS = 60;

export function createLabQueue(boss: PgBoss, state: Pick<State, "db" | "executeSql">, options: LabQueueOptions): LabQueue {
  const { db } = state;
  const known = new Set<string>();

  function until(): Date {
    return new Date(options.now().getTime() + options.leaseSeconds * 1000);
  }

  async function add(job: LabJob): Promise<string> {
    const queue = queueOf(job.labels);
    if (!known.has(queue)) await boss.createQueue(queue);
    known.add(queue);
    const id = await boss.send(queue, job, { expireInHours: LONGEST_HOURS, retryLimit: 3, retentionDays: 30 });
    if (id === null) throw new Error(`the queue ${queue} did not take the job`);
    return id;
  }

  async function fetchFrom(queue: string, worker: string): Promise<LeasedJob | undefined> {
    const [job] = await boss.fetch<LabJob>(queue);
    if (job === undefined) return undefined;
    const lease = secretBytes(16).toString("hex");
    const row = { job: job.id, queue, worker, labels: labelsOf(queue), holder: sha256(lease), leasedAt: options.now(), expiresAt: until() };
    await putLease(db, row);
    return { id: job.id, lease, seconds: options.leaseSeconds, job: labJobSchema.parse(job.data) };
  }

  return {
    add,
    async lease(worker, labels) {
      const queues = (await boss.getQueues()).map(({ name }) => name).filter((name) => name.startsWith("lab."));
      const mine = queues.filter((queue) => labelsOf(queue).every((label) => labels.includes(label)));
      // What needs most first: others can do the rest.
      for (const queue of mine.toSorted((a, b) => labelsOf(b).length - labelsOf(a).length)) {
        const found = await fetchFrom(queue, worker);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    heartbeat: (id, lease) => renewLease(db, id, sha256(lease), options.now(), until()),
    async finish(id, lease, result) {
      const row = await takeLeaseBack(db, id, sha256(lease));
      if (row === undefined) return false;
      const job = (await boss.getJobById<LabJob>(row.queue, id))?.data;
      if (result.status === "done") await boss.complete(row.queue, id, { ...result, worker: row.worker });
      else await boss.fail(row.queue, id, { ...result, worker: row.worker });
      if (job?.experiment !== undefined && result.status === "done") {
        const attribution = { job: id, kind: job.kind, worker: row.worker, document: result.document ?? null };
        await insertAttribution(db, { project: options.project, experiment: job.experiment, at: options.now(), attribution });
      }
      return true;
    },
    list: (limit) => listLabJobs(state.executeSql, limit),
    async sweep() {
      const expired = await takeExpiredLeases(db, options.now());
      const orphaned = await orphanedJobs(state.executeSql, ORPHANED_SECONDS);
      for (const { job, queue, worker } of expired) await boss.fail(queue, job, { status: "lost", worker });
      for (const { id, queue } of orphaned) await boss.fail(queue, id, { status: "lost" });
      return expired.length + orphaned.length;
    },
  };
}
