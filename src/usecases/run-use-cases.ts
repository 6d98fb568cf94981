/** Owns running the whole register: inputs first, then each use case on both flavors. */
import { availableParallelism } from "node:os";
import { isAbsolute, join, relative, resolve } from "node:path";

import type { Calibration, UseCaseNoise } from "../model/calibration.js";
import type { OutputComparison } from "../model/tolerance.js";
import type { UseCase, UseCaseMeasurement, UseCaseResult } from "../model/use-case.js";
import { emit } from "../support/bus.js";
import { fileError } from "../support/errors.js";
import { shellLine } from "../support/shell-line.js";
import { makeFolder, removeLeftovers } from "../support/fs.js";
import { allowedCpus } from "../support/machine.js";
import { noiseOf } from "./calibration/noise.js";
import { type Each, type Ran, compareRuns, measuredMetrics } from "./compare-runs.js";
import { compareOutput } from "./outputs/compare-output.js";
import { isUntold, withCrashStack } from "./crash-stacks.js";
import { mapParallel } from "./parallel.js";
import { prepareInputs } from "./prepare.js";
import type { RunLog } from "./run-log.js";
import { type Arms, EACH_ITS_OWN, type Places, armsOf, commandOf, firstRuns, hasCrashed, isAlone } from "./run-pairs.js";
import { summarize } from "./summarize.js";

export interface UseCaseRequest {
  readonly useCases: readonly UseCase[];
  /** The dual executable. */
  readonly program: string;
  /** The configuration's folder: {root}, and where commands are run. */
  readonly root: string;
  /** Gets one sub-folder per use case with its inputs, kept from run to run. */
  readonly inputs: string;
  /** Gets `<use case>/<flavor>/<output>`. */
  readonly out: string;
  /** Pairs of runs at first for what depends on the machine's day; up to four times as many where that settles nothing. */
  readonly repeat: number;
  /** Use cases run at once; default: one per core, at most 4. */
  readonly jobs?: number;
  /** Default: each arm runs its own flavor. */
  readonly arms?: Arms;
  /** Notes the runs, and knows those of a comparison that was cut short. */
  readonly log?: RunLog;
  /** Frames of a crash under the names that upstream has; default: as they are. */
  readonly nameFrames?: ((frames: readonly string[]) => string[]) | undefined;
  /** What the metrics are known to scatter. */
  readonly calibration?: Calibration | undefined;
}

export interface UseCaseComparison {
  readonly results: UseCaseResult[];
  readonly measurements: UseCaseMeasurement[];
  /** How much the metrics scattered. */
  readonly noise: UseCaseNoise[];
}

/**
 * Runs every use case on both flavors; results in the order of `useCases`. A crash is a verdict; thrown are
 * inputs that cannot be prepared, a program that cannot be started, a metric no flavor reports.
 */
export async function runUseCases(request: UseCaseRequest): Promise<UseCaseComparison> {
  const jobs = request.jobs ?? Math.min(4, availableParallelism());
  const cpus = allowedCpus();
  const each: Each = (label, items, work) => withProgress(label, items, jobs, (item, job) => work(item, cpus[job % cpus.length]));
  await openFolders([request.inputs, request.out]);
  const places = await each("inputs", request.useCases, (useCase) => placesOf(request, useCase));
  const work = request.useCases.map((useCase, index) => ({ useCase, places: places[index] as Places }));
  const first = await each("use cases", work, firstCompared);
  const compared = await compareRuns(first, request.repeat, each, request.calibration);
  const told = await each("stacks of crashes", compared.filter(isUntold), withCrashStack);
  const summaries = compared
    .map((one) => told.find(({ useCase }) => useCase === one.useCase) ?? one)
    .map((one) => summarize(one, commandLines(one.useCase, one.places)));
  return {
    results: summaries.map(({ result }) => withNames(result, request.nameFrames)),
    measurements: summaries.map((summary) => summary.measurement),
    noise: compared.map(noiseOfUseCase),
  };
}

function withNames(result: UseCaseResult, nameFrames: UseCaseRequest["nameFrames"]): UseCaseResult {
  return nameFrames === undefined || result.stack.length === 0 ? result : { ...result, stack: nameFrames(result.stack) };
}

function noiseOfUseCase(ran: Ran): UseCaseNoise {
  const metrics = measuredMetrics(ran).flatMap((metric) => noiseOf(metric) ?? []);
  return { useCase: ran.useCase.id, metrics };
}

/** The first run of each flavor, and its outputs held against each other. */
async function firstCompared({ useCase, places }: { readonly useCase: UseCase; readonly places: Places }, cpu: number | undefined) {
  const runs = await firstRuns(useCase, places, cpu);
  return { useCase, places, runs, outputs: hasCrashed(runs) || isAlone(runs) ? [] : await comparedOutputs(useCase, places) };
}

async function comparedOutputs({ tolerance, timeoutSeconds }: UseCase, { out, root }: Places): Promise<OutputComparison[]> {
  const pair = { legacy: join(out, "legacy"), latest: join(out, "latest"), root, timeoutSeconds };
  return await Promise.all(Object.entries(tolerance).map(([file, wanted]) => compareOutput({ ...pair, file }, wanted)));
}

/** Where one use case's things lie; its inputs are made when they are not there. */
export async function placesOf(request: UseCaseRequest, useCase: UseCase): Promise<Places> {
  const root = resolve(request.root);
  const inputs = await prepareInputs(useCase, root, resolve(request.inputs));
  const { program, out, arms = EACH_ITS_OWN, log } = request;
  return { root, inputs, program: resolve(program), out: join(resolve(out), useCase.id), arms, log };
}

/** As typed in the configuration's folder: paths below it are written relative to it. */
function commandLines(useCase: UseCase, places: Places): string[] {
  const here = {
    root: ".",
    program: shown(places.root, places.program),
    inputs: shown(places.root, places.inputs),
    out: shown(places.root, places.out),
    arms: places.arms,
  };
  return armsOf(useCase, here).map((arm) => shellLine(commandOf(useCase, here, arm)));
}

function shown(root: string, path: string): string {
  const short = relative(root, path);
  return short.startsWith("..") || isAbsolute(short) ? path : `./${short}`;
}

async function openFolders(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    await makeFolder(folder).catch((error: unknown) => Promise.reject(fileError("write", folder, error)));
    await removeLeftovers(folder);
  }
}

async function withProgress<T, R>(
  label: string,
  items: readonly T[],
  jobs: number,
  work: (item: T, job: number) => Promise<R>,
): Promise<R[]> {
  let done = 0;
  const tell = () => emit({ type: "progress", label, done, total: items.length, unit: "steps" });
  tell();
  try {
    return await mapParallel(items, jobs, async (item, job) => {
      const value = await work(item, job);
      done += 1;
      tell();
      return value;
    });
  } finally {
    emit({ type: "progress:end", label });
  }
}
