/** Owns a whole simulation: its runs, shared out to threads. */
import type { Simulation, SimulationResult } from "../../model/simulation.js";
import { threadFile } from "../../support/own-files.js";
import { callThread, hasThreads, startThread } from "../../support/thread.js";
import { type RunShare, simulateShare } from "./simulate-share.js";
import type { UseCaseOutcome } from "./use-case-run.js";
import { summarizeRuns } from "./summarize.js";
import { trueDifference } from "./values.js";

export interface SimulateOptions {
  readonly jobs: number;
  /** Whether the intervals are made and held against the truth: a few times as long. */
  readonly coverage: boolean;
  /** Hears how many runs are over. */
  readonly progress?: (runs: number) => void;
}

/** The same scenario gives the same result, whatever the number of threads. */
export async function simulate(scenario: Simulation, { jobs, coverage, progress = ignore }: SimulateOptions): Promise<SimulationResult> {
  const truths = coverage ? scenario.useCases.map(({ metrics }) => metrics.map(trueDifference)) : undefined;
  const shared = { scenario, ...(truths === undefined ? {} : { truths }) };
  const threads = hasThreads ? Math.max(1, Math.min(jobs, scenario.runs)) : 1;
  const shares = Array.from({ length: threads }, (_, share) => runsOf(scenario.runs, threads, share));
  const over = shares.map(() => 0);
  const outcomes = await Promise.all(
    shares.map((runs, share) => {
      function tell(count: number): void {
        over[share] = count;
        progress(over.reduce((sum, each) => sum + each, 0));
      }
      return threads === 1 ? simulateShare({ ...shared, runs }, tell) : inThread(shared, runs, tell);
    }),
  );
  return summarizeRuns(scenario, outcomes.flat());
}

function runsOf(runs: number, threads: number, share: number): number[] {
  return Array.from({ length: runs }, (_, run) => run).filter((run) => run % threads === share);
}

async function inThread(
  shared: Omit<RunShare, "runs">,
  runs: readonly number[],
  tell: (count: number) => void,
): Promise<UseCaseOutcome[][]> {
  const worker = startThread(threadFile("experiment/simulate/run-thread.js"), shared);
  try {
    return await callThread<UseCaseOutcome[][]>(worker, runs, (news) => tell(news as number));
  } finally {
    await worker.terminate();
  }
}

function ignore(): void {}
