/** Owns the jobs on a telemetry folder that take long: one at a time, in a thread or here. */
import { join } from "node:path";

import type { AnalysisRequest } from "../analysis/request.js";
import { analyseFiles } from "../analysis/analyse-folder.js";
import { type ExposureSpan, countExposures } from "../analysis/count-exposures.js";
import { type CompactOptions, compactNext } from "../files/compact.js";
import { type Duck, type DuckOptions, openDuck } from "../files/duck.js";
import { mergeNext } from "../files/merge.js";
import { removeEventsBefore } from "../files/remove-old.js";

export type Job =
  | ({ readonly type: "compact" } & Omit<CompactOptions, "dir" | "before">)
  | { readonly type: "merge" }
  | { readonly type: "remove"; readonly before: string }
  | { readonly type: "analyse"; readonly request: AnalysisRequest }
  | { readonly type: "exposures"; readonly spans: readonly ExposureSpan[] };

export interface WorkerOptions extends Omit<DuckOptions, "spill"> {
  readonly dir: string;
  /** While it analyses. */
  readonly analysisMemoryMiB: number;
}

/** Does the jobs of one folder. DuckDB is opened with the first one, and anew after a failure. */
export function createWorker({ dir, analysisMemoryMiB, ...options }: WorkerOptions) {
  let duck: Duck | undefined;
  return {
    async perform(job: Job): Promise<unknown> {
      duck ??= await openDuck({ ...options, spill: join(dir, "spill") });
      try {
        await duck.setMemory(job.type === "analyse" ? analysisMemoryMiB : options.memoryMiB);
        return await performIn(duck, dir, job);
      } catch (error) {
        close();
        throw error;
      }
    },
    close,
  };

  function close(): void {
    duck?.close();
    duck = undefined;
  }
}

async function performIn(duck: Duck, dir: string, job: Job): Promise<unknown> {
  if (job.type === "compact") return compactNext(duck, { ...job, dir });
  if (job.type === "merge") return mergeNext(duck, dir);
  if (job.type === "remove") return removeEventsBefore(dir, job.before);
  if (job.type === "exposures") return countExposures(duck, dir, job.spans);
  return analyseFiles(duck, dir, job.request);
}
