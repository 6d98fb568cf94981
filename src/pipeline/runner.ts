/** Owns running stages in order: resume from the journal, check each output, stop where a person is needed. */
import { emit } from "../support/bus.js";
import { monotonicMs } from "../support/clock.js";
import { UnforkError, messageOf } from "../support/errors.js";
import { exists } from "../support/fs.js";
import { canonicalJson, sha256 } from "../support/hash.js";
import { toolVersion } from "../support/version.js";
import { type Run, dropEntriesFrom, writeEntry } from "./journal.js";
import type { StageId, StageOutputs } from "./outputs.js";
import type { Project } from "./project.js";
import type { AnyStage, Stage, StageContext, StageEntry, StageStatus } from "./stage.js";

export interface RunnerOptions {
  readonly jobs: number;
  readonly fetch?: StageContext["fetch"];
  readonly settling?: StageContext["settling"];
  /** Entries that may be used again when their inputs are the same. */
  readonly reusable: readonly StageEntry[];
  /** Stages before this one must be reusable; the rest run anew. */
  readonly from?: StageId;
  /** Stop after this stage. */
  readonly until?: StageId;
}

export interface RunnerResult {
  readonly status: StageStatus;
  readonly entries: readonly StageEntry[];
}

/** Runs the stages of `run`; every finished one is in the journal before the next begins. */
export async function runStages(project: Project, run: Run, stages: readonly AnyStage[], options: RunnerOptions): Promise<RunnerResult> {
  const entries: StageEntry[] = [];
  let status: StageStatus = "done";
  for (const [index, stage] of stages.entries()) {
    if (status !== "done" && stage.always !== true) continue;
    const entry = await oneStage(project, run, stage as Stage<StageId>, entries, options, { index, total: stages.length });
    entries.push(entry);
    if (status === "done") status = entry.status;
    if (stage.id === options.until) break;
  }
  return { status, entries };
}

/** Throws `usage` when a stage before `options.from` would have to run: nothing is written before that is known. */
export async function requireReusable(
  project: Project,
  stages: readonly AnyStage[],
  options: Pick<RunnerOptions, "from" | "reusable">,
): Promise<void> {
  const earlier: StageEntry[] = [];
  for (const stage of stages.slice(
    0,
    Math.max(
      0,
      stages.findIndex((candidate) => candidate.id === options.from),
    ),
  )) {
    const entry = await reusableEntry(stage as Stage<StageId>, await digestOf(project, stage as Stage<StageId>, earlier), options.reusable);
    if (entry === undefined) throw notReusable(stage.id, options);
    earlier.push(entry);
  }
}

interface Place {
  readonly index: number;
  readonly total: number;
}

async function oneStage(
  project: Project,
  run: Run,
  stage: Stage<StageId>,
  earlier: StageEntry[],
  options: RunnerOptions,
  place: Place,
): Promise<StageEntry> {
  const inputDigest = await digestOf(project, stage, earlier);
  const known = await reusableEntry(stage, inputDigest, options.reusable);
  if (known !== undefined) {
    await writeEntry(project.paths.runs, run, known);
    emit({ type: "stage:end", stage: stage.id, status: "skipped", durationMs: 0, summary: known.summary });
    return known;
  }
  await dropEntriesFrom(project.paths.runs, run, stage.id);
  emit({ type: "stage:start", stage: stage.id, title: stage.title, index: place.index, total: place.total });
  const done = await runOne(stage, contextOf(project, run, earlier, options), inputDigest);
  // A stage may write into its own inputs: a resolution is recorded in the feature's folder.
  const entry = { ...done, inputDigest: await digestOf(project, stage, earlier) };
  await writeEntry(project.paths.runs, run, entry);
  emit({ type: "stage:end", stage: stage.id, status: entry.status, durationMs: entry.durationMs, summary: entry.summary });
  return entry;
}

async function runOne(stage: Stage<StageId>, context: StageContext, inputDigest: string): Promise<StageEntry> {
  const since = monotonicMs();
  try {
    const outcome = await stage.run(context);
    const { status, summary } = outcome;
    return {
      stage: stage.id,
      title: stage.title,
      inputDigest,
      status,
      output: stage.output.parse(outcome.output),
      summary,
      needs: outcome.needs ?? [],
      durationMs: monotonicMs() - since,
    };
  } catch (error) {
    emit({
      type: "stage:end",
      stage: stage.id,
      status: "failed",
      durationMs: monotonicMs() - since,
      summary: messageOf(error).split("\n")[0] ?? "",
    });
    throw error;
  }
}

function contextOf(project: Project, run: Run, earlier: readonly StageEntry[], options: RunnerOptions): StageContext {
  function output<K extends StageId>(id: K): StageOutputs[K] {
    const entry = earlier.find((candidate) => candidate.stage === id);
    if (entry === undefined)
      throw new UnforkError("state-invalid", `the stage ${id} has not run`, { hint: `run it first: unfork upgrade --from ${id}` });
    return entry.output as StageOutputs[K];
  }
  return {
    project,
    output,
    earlier: () => earlier,
    jobs: options.jobs,
    fetch: options.fetch ?? {},
    settling: options.settling ?? {},
    startedAt: run.startedAt,
  };
}

/** Digest over the tool, the stage's own inputs and the outputs of all earlier stages. */
async function digestOf(project: Project, stage: Stage<StageId>, earlier: readonly StageEntry[]): Promise<string> {
  const before = earlier.map((entry) => [entry.stage, entry.output]);
  return sha256(canonicalJson({ tool: toolVersion(), stage: stage.id, inputs: await stage.inputs(project), before }));
}

async function reusableEntry(stage: Stage<StageId>, inputDigest: string, reusable: readonly StageEntry[]): Promise<StageEntry | undefined> {
  const entry = reusable.find((candidate) => candidate.stage === stage.id);
  if (entry === undefined || entry.status !== "done" || entry.inputDigest !== inputDigest) return undefined;
  return (await allExist(stage.paths(entry.output as never))) ? entry : undefined;
}

function notReusable(stage: StageId, options: Pick<RunnerOptions, "from" | "reusable">): UnforkError {
  const known = options.reusable.some((entry) => entry.stage === stage);
  return new UnforkError(
    "usage",
    `cannot start at '${options.from}': the stage '${stage}' before it ${known ? "has other inputs now, or its files are gone" : "has not been done"}`,
    {
      hint: `start there: unfork upgrade --from ${stage}`,
    },
  );
}

async function allExist(paths: readonly string[]): Promise<boolean> {
  const found = await Promise.all(paths.map(exists));
  return found.every(Boolean);
}
