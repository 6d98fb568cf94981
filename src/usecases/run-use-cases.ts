/** Owns running the whole register: inputs first, then each use case on both flavors. */
import { mkdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { isAbsolute, join, relative, resolve } from "node:path";

import { FLAVORS } from "../model/build.js";
import type { UseCase, UseCaseMeasurement, UseCaseResult } from "../model/use-case.js";
import { emit } from "../support/bus.js";
import { fileError } from "../support/errors.js";
import { shellLine } from "../support/shell-line.js";
import { removeLeftovers } from "../support/fs.js";
import { type Places, commandOf, runBothFlavors } from "./run-pairs.js";
import { mapParallel } from "./parallel.js";
import { prepareInputs } from "./prepare.js";
import { type Summary, summarize } from "./summarize.js";

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
  /** Pairs of runs for what depends on the machine's day. */
  readonly repeat: number;
  /** Use cases run at once; default: one per core, at most 4. */
  readonly jobs?: number;
}

export interface UseCaseComparison {
  readonly results: UseCaseResult[];
  readonly measurements: UseCaseMeasurement[];
}

/**
 * Runs every use case on both flavors; results in the order of `useCases`. A crash is a verdict; thrown are
 * inputs that cannot be prepared, a program that cannot be started, a metric no flavor reports.
 */
export async function runUseCases(request: UseCaseRequest): Promise<UseCaseComparison> {
  const jobs = request.jobs ?? Math.min(4, availableParallelism());
  await openFolders([request.inputs, request.out]);
  const places = await withProgress("inputs", request.useCases, jobs, (useCase) => placesOf(request, useCase));
  const work = request.useCases.map((useCase, index) => ({ useCase, places: places[index] as Places }));
  const summaries = await withProgress("use cases", work, jobs, (each) => compareOne(each.useCase, each.places, request.repeat));
  return { results: summaries.map((summary) => summary.result), measurements: summaries.map((summary) => summary.measurement) };
}

async function compareOne(useCase: UseCase, places: Places, repeat: number): Promise<Summary> {
  const runs = await runBothFlavors(useCase, places, repeat);
  return summarize(useCase, runs, commandLines(useCase, places));
}

async function placesOf(request: UseCaseRequest, useCase: UseCase): Promise<Places> {
  const root = resolve(request.root);
  const inputs = await prepareInputs(useCase, root, resolve(request.inputs));
  return { root, inputs, program: resolve(request.program), out: join(resolve(request.out), useCase.id) };
}

/** As typed in the configuration's folder: paths below it are written relative to it. */
function commandLines(useCase: UseCase, places: Places): string[] {
  const here = {
    root: ".",
    program: shown(places.root, places.program),
    inputs: shown(places.root, places.inputs),
    out: shown(places.root, places.out),
  };
  return FLAVORS.map((flavor) => shellLine(commandOf(useCase, here, flavor)));
}

function shown(root: string, path: string): string {
  const short = relative(root, path);
  return short.startsWith("..") || isAbsolute(short) ? path : `./${short}`;
}

async function openFolders(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    await mkdir(folder, { recursive: true }).catch((error: unknown) => Promise.reject(fileError("write", folder, error)));
    await removeLeftovers(folder);
  }
}

async function withProgress<T, R>(label: string, items: readonly T[], jobs: number, work: (item: T) => Promise<R>): Promise<R[]> {
  let done = 0;
  const tell = () => emit({ type: "progress", label, done, total: items.length, unit: "steps" });
  tell();
  try {
    return await mapParallel(items, jobs, async (item) => {
      const value = await work(item);
      done += 1;
      tell();
      return value;
    });
  } finally {
    emit({ type: "progress:end", label });
  }
}
