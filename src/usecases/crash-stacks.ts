/** Owns where crashed runs broke: the stack of a plain signal, under the names that upstream has. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { FLAVORS } from "../model/build.js";
import type { Compared } from "./compare-runs.js";
import { type Execution, type RunOutcome, measuredCommand } from "./execute.js";
import { isFault, stackByDebugger } from "./measure/debugger-stack.js";
import { executionOf } from "./run-pairs.js";

/** The outcome with a stack, where a fault of the program ended it and nobody has told one. */
export async function withStack(outcome: RunOutcome, execution: Execution): Promise<RunOutcome> {
  if (outcome.status === "ok" || outcome.stack.length > 0 || !isFault(outcome.how)) return outcome;
  await mkdir(execution.out, { recursive: true });
  return { ...outcome, stack: await stackByDebugger(measuredCommand(execution)) };
}

/** Whether a crash of the use case has no stack yet that a debugger may give. */
export function isUntold({ runs }: Compared): boolean {
  const outcomes = FLAVORS.flatMap((arm) => runs[arm].slice(-1));
  return outcomes.some((outcome) => outcome.status === "crashed" && outcome.stack.length === 0 && isFault(outcome.how));
}

/** The first crash of a use case gets its stack. What is written meanwhile is thrown away. */
export async function withCrashStack(compared: Compared, cpu: number | undefined): Promise<Compared> {
  const { useCase, places, runs } = compared;
  const arm = FLAVORS.find((each) => runs[each].at(-1)?.status === "crashed");
  const crash = arm === undefined ? undefined : runs[arm].at(-1);
  if (arm === undefined || crash === undefined) return compared;
  const out = await mkdtemp(join(tmpdir(), "unfork-crash-"));
  try {
    const told = await withStack(crash, executionOf(useCase, { ...places, out }, arm, cpu));
    return { ...compared, runs: { ...runs, [arm]: [...runs[arm].slice(0, -1), told] } };
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
