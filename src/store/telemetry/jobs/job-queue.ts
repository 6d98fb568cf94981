/** Owns the order of jobs, and the thread they are done in; code that was not compiled does them where it is. */
import { threadFile } from "../../../support/own-files.js";
import { callThread, hasThreads, startThread } from "../../../support/thread.js";
import type { ExposureCounts, ExposureSpan } from "../analysis/count-exposures.js";
import type { TelemetryAnalysis } from "../analysis/request.js";
import type { CompactResult } from "../files/compact.js";
import { type Job, type WorkerOptions, createWorker } from "./job.js";

export interface JobQueue {
  compact(job: Omit<Extract<Job, { type: "compact" }>, "type">): Promise<CompactResult | undefined>;
  merge(): Promise<boolean>;
  /** Removes events of days before this one. */
  remove(before: string): Promise<number>;
  analyse(request: Extract<Job, { type: "analyse" }>["request"]): Promise<TelemetryAnalysis>;
  exposures(spans: readonly ExposureSpan[]): Promise<readonly ExposureCounts[]>;
  /** Waits for the job under way; those behind it are refused. */
  close(): Promise<void>;
}

interface Doer {
  perform(job: Job): Promise<unknown>;
  close(): void | Promise<void>;
}

/** The thread starts with the first job. */
export function createJobQueue({ dir, memoryMiB, analysisMemoryMiB, threads }: WorkerOptions): JobQueue {
  const options = { dir, memoryMiB, analysisMemoryMiB, threads };
  let doer: Doer | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  function enqueue<T>(job: Job): Promise<T> {
    const done = last.then(async () => {
      if (isClosed) throw new Error("the telemetry folder was closed");
      doer ??= hasThreads ? remote(options) : createWorker(options);
      return (await doer.perform(job)) as T;
    });
    last = done.catch(() => undefined);
    return done;
  }

  return {
    compact: (job) => enqueue({ type: "compact", ...job }),
    merge: () => enqueue({ type: "merge" }),
    remove: (before) => enqueue({ type: "remove", before }),
    analyse: (request) => enqueue({ type: "analyse", request }),
    exposures: (spans) => enqueue({ type: "exposures", spans }),
    async close() {
      isClosed = true;
      await last;
      await doer?.close();
    },
  };
}

/** A thread that ended by itself (out of memory, say) fails its job; the next job starts another. */
function remote(options: WorkerOptions): Doer {
  let worker: ReturnType<typeof startThread> | undefined;
  return {
    perform(job) {
      if (worker === undefined) {
        const started = startThread(threadFile("store/telemetry/jobs/telemetry-thread.js"), options);
        started.once("exit", () => (worker = undefined));
        started.on("error", () => undefined);
        worker = started;
      }
      return callThread(worker, job, () => undefined);
    },
    async close() {
      await worker?.terminate();
    },
  };
}
