/** Owns a worker's life: pull a job, run it with signs of life, give the result back, again. */
import type { LabJob, LabResult, LeasedJob } from "../../model/lab-job.js";
import { messageOf } from "../../support/errors.js";
import { sleep } from "../../support/clock.js";
import type { RunningJob } from "./run-lab-job.js";

/** The server, as a worker sees it. Each rejects while it is away. */
export interface JobSource {
  lease(): Promise<LeasedJob | undefined>;
  /** False: the job is another's. */
  heartbeat(job: LeasedJob): Promise<boolean>;
  finish(job: LeasedJob, result: LabResult): Promise<boolean>;
}

export interface WorkerOptions {
  readonly source: JobSource;
  readonly run: (job: LabJob) => RunningJob;
  readonly pollMs: number;
  /** Ends with the first job that is done, or when there is none. */
  readonly once: boolean;
  readonly stop: AbortSignal;
  readonly log: (text: string) => void;
}

/** A result that cannot be given back is tried for so many leases. */
const TRIES_FOR_LEASES = 5;

/** Results that were given back, and how many of them say that the job failed. */
export interface WorkDone {
  readonly done: number;
  readonly failed: number;
}

/** Works until `stop`. A server that is away is waited for. */
export async function work(options: WorkerOptions): Promise<WorkDone> {
  const { source, stop, once, log } = options;
  let [done, failed] = [0, 0];
  let isAway = false;
  while (!stop.aborted) {
    let job: LeasedJob | undefined;
    try {
      job = await source.lease();
      if (isAway) log("the server is back");
      isAway = false;
    } catch (error) {
      if (once) throw error;
      if (!isAway) log(`no job can be pulled now: ${messageOf(error)}`);
      isAway = true;
    }
    if (job === undefined) {
      if (once && !isAway) return { done, failed };
      await pause(options.pollMs, stop);
      continue;
    }
    const result = await doJob(job, options);
    if (result !== undefined) done += 1;
    if (result?.status === "failed") failed += 1;
    if (once) break;
  }
  return { done, failed };
}

/** The result, if it was given back. */
async function doJob(leased: LeasedJob, { source, run, stop, log }: WorkerOptions): Promise<LabResult | undefined> {
  log(
    `job ${leased.id}: ${leased.job.kind} ${leased.job.kind === "compare" ? leased.job.useCases.join(" ") : `${leased.job.useCase} ${leased.job.metric}`}`,
  );
  const running = run(leased.job);
  let isLost = false;
  const beat = setInterval(
    () => {
      source.heartbeat(leased).then(
        (kept) => {
          if (kept || isLost) return;
          isLost = true;
          running.kill();
        },
        // The server is away: it may be back before the lease has ended.
        () => undefined,
      );
    },
    (leased.seconds * 1000) / 3,
  );
  stop.addEventListener("abort", running.kill, { once: true });
  try {
    const result = await running.result;
    if (isLost) {
      log(`job ${leased.id} was taken back: this worker was silent for too long`);
      return undefined;
    }
    // The job of a worker that stops goes to another when its lease has ended.
    return !stop.aborted && (await giveBack(leased, result, { source, stop, log })) ? result : undefined;
  } finally {
    clearInterval(beat);
    stop.removeEventListener("abort", running.kill);
  }
}

async function giveBack(
  leased: LeasedJob,
  result: LabResult,
  { source, stop, log }: Pick<WorkerOptions, "source" | "stop" | "log">,
): Promise<boolean> {
  const waitMs = (leased.seconds * 1000) / 4;
  for (let attempt = 0; attempt < TRIES_FOR_LEASES * 4 && !stop.aborted; attempt++) {
    try {
      const taken = await source.finish(leased, result);
      log(
        taken
          ? `job ${leased.id}: ${result.status}, exit ${result.exitCode ?? "by a signal"}`
          : `job ${leased.id}: the result came too late`,
      );
      return taken;
    } catch (error) {
      log(`job ${leased.id}: the result cannot be given back now: ${messageOf(error)}`);
      await pause(waitMs, stop);
    }
  }
  return false;
}

/** Sleeps in short steps, so that a stop ends it. */
async function pause(ms: number, stop: AbortSignal): Promise<void> {
  for (let left = ms; left > 0 && !stop.aborted; left -= 100) await sleep(Math.min(left, 100));
}
