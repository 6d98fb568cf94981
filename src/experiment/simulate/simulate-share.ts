/** Owns a share of the runs, one after the other. */
import type { Simulation } from "../../model/simulation.js";
import { simulateRun } from "./simulate-run.js";
import type { UseCaseOutcome } from "./use-case-run.js";

export interface RunShare {
  readonly scenario: Simulation;
  /** Numbers of the runs: each has random numbers of its own, so that shares can be made anywhere. */
  readonly runs: readonly number[];
  readonly truths?: readonly (readonly (number | undefined)[])[];
}

/** `done` hears the number of runs that are over. */
export function simulateShare({ scenario, runs, truths }: RunShare, done: (runs: number) => void): UseCaseOutcome[][] {
  return runs.map((run, index) => {
    const outcome = simulateRun({ scenario, run, ...(truths === undefined ? {} : { truths }) });
    done(index + 1);
    return outcome;
  });
}
