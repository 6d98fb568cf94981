/** Owns `unfork usecase catch --api`: generated arguments for the shim's functions, both flavors in one process, and what differs. */
import { join, relative } from "node:path";

import type { ApiHunt } from "../../../model/api-catching.js";
import type { Caught, Label } from "../../../model/catching.js";
import { type UseCase, useCaseSchema } from "../../../model/use-case.js";
import { projectApi } from "../../../pipeline/catching/api-driver.js";
import { callsOfChangedApi, isNamed, wordsIn } from "../../../pipeline/catching/api-changes.js";
import { changesOf } from "../../../pipeline/catching/changes.js";
import { type Project, openProject } from "../../../pipeline/project.js";
import { apiHuntText } from "../../../report/api-catching.js";
import type { ApiCall, ApiCalls } from "../../../shim/catching/calls.js";
import { UnforkError } from "../../../support/errors.js";
import { takeLock } from "../../../support/lock.js";
import { nearest } from "../../../support/nearest.js";
import { findTool } from "../../../toolchain/find-tool.js";
import { shortCall, shortResults } from "../../../usecases/catching/api/cause.js";
import { type ApiFind, huntApi } from "../../../usecases/catching/api/hunt-api.js";
import { reachedCalls } from "../../../usecases/catching/api/reached-calls.js";
import { readLabels, storeFind, storedFind } from "../../../usecases/catching/keep.js";
import type { GlobalOptions } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { showProgress } from "../../live.js";
import { openTerminal } from "../../terminal.js";
import { labelAll } from "./label-found.js";

export interface CatchApiOptions extends GlobalOptions {
  readonly api?: true | readonly string[];
  readonly tries: number;
  readonly seconds: number;
  readonly seed: number;
  readonly shrink: number;
  readonly label?: Label;
  readonly key?: string;
  readonly diff?: string;
  readonly repo?: string;
}

/** The use case that stands for the whole API: kept regressions are made after it. */
const ID = "api";

export async function catchInApi(options: CatchApiOptions): Promise<number> {
  const terminal = openTerminal(options);
  const project = await openProject(options.config, process.cwd());
  const place = join(`${project.paths.useCases}.caught`, ID);
  const release = await takeLock(project.paths.lock, "unfork usecase catch --api");
  const stop = showProgress(terminal, options);
  try {
    const dir = registerOf(project);
    const found = await (options.key === undefined
      ? huntFor(project, dir, place, options)
      : storedAlone(await storedFind(place, options.key), options));
    stop();
    const useCase = apiUseCase(project);
    const caught = await labelAll(found.caught, { dir, root: project.root, useCase }, options, terminal);
    const labelled = { ...found, caught };
    terminal.result(options.json === true ? JSON.stringify(labelled, null, 2) : apiHuntText(labelled, { color: terminal.color }));
    return caught.some(({ label }) => label !== "intended") && options.key === undefined ? EXIT.gate : EXIT.done;
  } finally {
    stop();
    await release();
  }
}

/** Labels and kept tests stand beside the use cases. */
function registerOf({ config, configName, root }: Project): string {
  if (config.useCases !== undefined) return join(root, config.useCases.dir);
  throw new UnforkError("config-invalid", `${configName} declares no use cases, beside which labels are kept`, {
    hint: 'add useCases: { dir: "use-cases" }',
  });
}

function apiUseCase({ root, paths }: Project): UseCase {
  const driver = relative(root, join(paths.build, "api/bin/dual/api-driver"));
  return useCaseSchema.parse({
    id: ID,
    name: "API",
    owner: "unfork",
    purpose: "Functions of the library do alike in both flavors.",
    run: [`{root}/${driver}`, "{flavor}", "{inputs}/case.txt", "{out}/result.txt"],
    outputs: ["result.txt"],
    tolerance: { "result.txt": { kind: "exact" } },
    metrics: [{ id: "done", name: "done", unit: "", direction: "higher", margin: 0 }],
    timeoutSeconds: 10,
  });
}

async function huntFor(project: Project, dir: string, place: string, options: CatchApiOptions): Promise<ApiHunt> {
  const api = await projectApi(project);
  const changes = await changesOf(project, { diff: options.diff, repo: options.repo, from: process.cwd() });
  chosenCalls(api.calls, options.api);
  const { executable: driver, calls } = await api.build(wordsIn(changes?.diff ?? ""));
  const { taken, left } = calls;
  const chosen = chosenCalls(calls, options.api);
  const changed = callsOfChangedApi(api, taken);
  const functions = changes?.functions ?? [];
  const meant = options.diff === undefined ? chosen : await comingTo(chosen, { taken, driver, functions, work: join(place, "reached") });
  const first = meant.filter((index) => changed.has(taken[index] as ApiCall) || isNamed(taken[index] as ApiCall, functions));
  const labels = await readLabels(dir);
  const known = new Set(labels.filter(({ useCase }) => useCase === ID).map(({ key }) => key));
  const names = taken.map(({ name }) => name);
  const hunted = await huntApi({ ...options, driver, names, first, all: meant, known });
  const caught: Caught[] = [];
  for (const find of hunted.finds) caught.push(await stored(place, project, find));
  const { cases, differing, givenUp, milliseconds } = hunted;
  return {
    seed: options.seed,
    taken: meant.map((index) => names[index] as string),
    changed: first.length,
    left: [...left],
    givenUp: [...givenUp],
    cases,
    seconds: milliseconds / 1000,
    differing,
    caught,
  };
}

function isOf(name: string, wanted: string): boolean {
  return `::${name.replace(/\(.*/s, "")}::`.includes(`::${wanted}::`);
}

/** Places of the calls that are named: a function, or a class or namespace around it; all where none is. */
function chosenCalls({ taken, left }: ApiCalls, wanted: CatchApiOptions["api"]): number[] {
  const all = taken.map((_, index) => index);
  if (wanted === undefined || wanted === true || wanted.length === 0) return all;
  for (const each of wanted) {
    if (taken.some(({ name }) => isOf(name, each))) continue;
    const why = left.find(({ name }) => isOf(name, each));
    if (why !== undefined) throw new UnforkError("usage", `${why.name} cannot be called with generated arguments: ${why.why}`);
    const near = nearest(
      each,
      [...taken, ...left].map(({ name }) => name.replace(/\(.*/s, "").split("::").at(-1) ?? ""),
    );
    throw new UnforkError("usage", `the shim has no function '${each}'${near === undefined ? "" : ` (did you mean '${near}'?)`}`);
  }
  return all.filter((index) => wanted.some((each) => isOf(taken[index]?.name ?? "", each)));
}

interface Coming {
  readonly taken: readonly ApiCall[];
  readonly driver: string;
  readonly functions: readonly string[];
  readonly work: string;
}

/** Those that changed themselves, and with valgrind also those that come to what changed. */
async function comingTo(chosen: readonly number[], { taken, driver, functions, work }: Coming): Promise<number[]> {
  const reached = (await findTool("valgrind")) === undefined ? [] : await reachedCalls(driver, taken.length, functions, work);
  const meant = chosen.filter((index) => reached.includes(index) || isNamed(taken[index] as ApiCall, functions));
  if (meant.length > 0) return meant;
  throw new UnforkError("usage", `none of the ${chosen.length} functions comes to what the range changes`, {
    hint: "hunt without --diff, or with a wider range",
  });
}

async function stored(place: string, project: Project, find: ApiFind): Promise<Caught> {
  const { key, name, one, call, results, first, recorded, seen } = find;
  const { legacy, latest } = results;
  const short = shortResults(results);
  const kind = [legacy, latest].some((text) => text === "hangs" || text.startsWith("ends ")) ? "crash" : "output";
  const difference = { kind, what: `${shortCall(call)}: legacy ${short.legacy}, latest ${short.latest}`, key } as const;
  const inputs = new Map([["case.txt", Buffer.from(`${name}\n${one.bytes.toString("hex")}\n${call}\n`)]]);
  const how = [name, call, `legacy: ${legacy}`, `latest: ${latest}`];
  return await storeFind(
    place,
    apiUseCase(project),
    { difference, inputs, how, first, seen },
    new Map([["case.txt", Buffer.alloc(recorded)]]),
  );
}

function storedAlone(caught: Caught, { seed }: CatchApiOptions): ApiHunt {
  return { seed, taken: [], changed: 0, left: [], givenUp: [], cases: 0, seconds: 0, differing: 0, caught: [caught] };
}
