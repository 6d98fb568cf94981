/** Owns `unfork upgrade`: which run to open or go on with, and what its end means. */
import { dropLaidAgain } from "../patches/conflict-state.js";
import { UnforkError } from "../support/errors.js";
import { removeLeftovers } from "../support/fs.js";
import { takeLock } from "../support/lock.js";
import { wallClockIso } from "../support/clock.js";
import { logCommands } from "./command-log.js";
import { type Run, latestRun, newRun, readEntries, saveRun } from "./journal.js";
import type { StageId } from "./outputs.js";
import { preflight } from "./preflight.js";
import type { Project } from "./project.js";
import { type RunnerOptions, type RunnerResult, requireReusable, runStages } from "./runner.js";
import type { AnyStage, StageEntry } from "./stage.js";
import { STAGES, stagesOf } from "./stages.js";

export interface UpgradeOptions {
  readonly jobs: number;
  readonly fetch?: NonNullable<RunnerOptions["fetch"]>;
  readonly settling?: NonNullable<RunnerOptions["settling"]>;
  readonly from?: StageId;
  readonly until?: StageId;
  /** Go on with a run that waits for a person. */
  readonly continue?: boolean;
  /** Leave an unfinished run and begin anew. */
  readonly fresh?: boolean;
}

export interface UpgradeResult extends RunnerResult {
  readonly run: Run;
}

/** Runs the upgrade under the project's lock. A run that was killed is taken up where its journal ends. */
export async function runUpgrade(project: Project, options: UpgradeOptions): Promise<UpgradeResult> {
  const release = await takeLock(project.paths.lock, "unfork upgrade");
  try {
    const last = options.fresh === true ? undefined : await latestRun(project.paths.runs);
    checkLast(project, last, options);
    await preflight(project);
    await removeLeftoversOf(project);
    const { run, reusable } = await chooseRun(project, last, options);
    const result = await runAndClose(project, run, { ...options, reusable });
    return { ...result, run: { ...run, status: result.status } };
  } finally {
    await release();
  }
}

/** Drops a run that waits for a person or was killed. Gives its id, or undefined when there is none. */
export async function abortUpgrade(project: Project): Promise<string | undefined> {
  const release = await takeLock(project.paths.lock, "unfork upgrade --abort");
  try {
    const run = await latestRun(project.paths.runs);
    if (run === undefined || (run.status !== "waiting" && run.status !== "running")) return undefined;
    await saveRun(project.paths.runs, { ...run, status: "aborted" });
    await dropLaidAgain(project.paths.conflicts);
    return run.id;
  } finally {
    await release();
  }
}

/** What a dry run prints: the steps of each stage that would run. */
export function planUpgrade(
  project: Project,
  options: Pick<UpgradeOptions, "from" | "until">,
): { stage: StageId; steps: readonly string[] }[] {
  wantStages(project, options);
  const first = options.from === undefined ? 0 : indexOf(options.from);
  const last = options.until === undefined ? STAGES.length - 1 : indexOf(options.until);
  const within = stagesOf(project).filter(({ id }) => indexOf(id) >= first && indexOf(id) <= last);
  return within.map((stage: AnyStage) => ({ stage: stage.id, steps: stage.plan(project) }));
}

async function runAndClose(
  project: Project,
  run: Run,
  options: UpgradeOptions & { reusable: readonly StageEntry[] },
): Promise<RunnerResult> {
  const closeLog = logCommands(project.paths.runs, run);
  try {
    const result = await runStages(project, run, stagesOf(project), options);
    await saveRun(project.paths.runs, { ...run, status: result.status });
    return result;
  } catch (error) {
    await saveRun(project.paths.runs, { ...run, status: "failed" });
    throw error;
  } finally {
    await closeLog();
  }
}

/** Throws when the options do not fit each other, or not how the last run ended. */
function checkLast(project: Project, last: Run | undefined, options: UpgradeOptions): void {
  wantStages(project, options);
  const { from, until } = options;
  if (from !== undefined && until !== undefined && indexOf(from) > indexOf(until)) {
    throw new UnforkError("usage", `--from ${from} lies after --until ${until}`, {
      hint: `the stages run in this order: ${STAGES.map((stage) => stage.id).join(", ")}`,
    });
  }
  if (last?.status === "waiting" && options.continue !== true && options.fresh !== true && options.from === undefined) throw waits(last);
  if (options.continue === true && last?.status !== "waiting" && last?.status !== "running") {
    throw new UnforkError("usage", "there is no run to continue", { hint: "start one with `unfork upgrade`" });
  }
}

/** Throws `usage` for a stage that the project's configuration leaves out. */
function wantStages(project: Project, { from, until }: Pick<UpgradeOptions, "from" | "until">): void {
  const known = new Set(stagesOf(project).map(({ id }) => id));
  const missing = [from, until].find((id) => id !== undefined && !known.has(id));
  if (missing !== undefined)
    throw new UnforkError("usage", `there is no stage ${missing} in this project: ${project.configName} has no '${missing}'`, {
      hint: `its stages are: ${[...known].join(", ")}`,
    });
}

async function chooseRun(
  project: Project,
  last: Run | undefined,
  options: UpgradeOptions,
): Promise<{ run: Run; reusable: readonly StageEntry[] }> {
  const goesOn =
    last !== undefined && (last.status === "running" || options.continue === true) && options.fresh !== true && options.from === undefined;
  if (goesOn) return { run: await reopened(project, last), reusable: await readEntries(project.paths.runs, last) };
  const earlier = options.from === undefined || last === undefined ? [] : before(options.from, await readEntries(project.paths.runs, last));
  await requireReusable(project, stagesOf(project), { reusable: earlier, ...(options.from === undefined ? {} : { from: options.from }) });
  return { run: await newRun(project.paths.runs, { ...releases(project), startedAt: wallClockIso() }), reusable: earlier };
}

async function reopened(project: Project, run: Run): Promise<Run> {
  const open: Run = { ...run, status: "running" };
  await saveRun(project.paths.runs, open);
  return open;
}

function releases(project: Project): { from: string; to: string } {
  const { legacy, latest } = project.config.flavors;
  return { from: legacy.release, to: latest.release };
}

function before(stage: StageId, entries: readonly StageEntry[]): StageEntry[] {
  return entries.filter((entry) => indexOf(entry.stage) < indexOf(stage));
}

function indexOf(id: StageId): number {
  return STAGES.findIndex((stage) => stage.id === id);
}

function waits(run: Run): UnforkError {
  return new UnforkError("waits-for-human", `run ${run.id} (${run.from} → ${run.to}) waits for you`, {
    hint: "edit the files it named, then `unfork upgrade --continue`; or `unfork upgrade --abort`",
    context: { run: run.id },
  });
}

async function removeLeftoversOf(project: Project): Promise<void> {
  const { output, trees, isolated, build, inputs, useCases } = project.paths;
  for (const folder of [output, trees, isolated, build, inputs, useCases]) await removeLeftovers(folder);
}
