/** Owns what the use-case commands work on: a project, or a register and a program given by hand. */
import { join, relative, resolve } from "node:path";

import type { StageRules } from "../model/shadow.js";
import type { UseCase } from "../model/use-case.js";
import { UnforkError } from "../support/errors.js";
import { configuredUseCases } from "./configured-use-cases.js";
import { latestRun, readEntries } from "./journal.js";
import { stageOutputSchemas } from "./outputs.js";
import { type Project, openProject } from "./project.js";

export interface SubjectOptions {
  readonly config?: string;
  /** The folder of use cases, instead of the project's. */
  readonly useCases?: string;
  /** The program that runs both flavors, instead of the one that the last run linked. */
  readonly program?: string;
  /** Where inputs and outputs go, instead of the project's folder. */
  readonly out?: string;
}

export interface UseCaseSubject {
  /** Folder of the register. Absolute, as all below. */
  readonly dir: string;
  /** Those of the register that are meant where none is named. */
  readonly meant: (all: readonly UseCase[]) => UseCase[];
  /** {root}, and where commands run. */
  readonly root: string;
  readonly inputs: string;
  readonly out: string;
  readonly repeat: number;
  /** Undefined where none is given and the project has not linked one. */
  readonly program: string | undefined;
  /** What moves use cases along the stages. */
  readonly rules: StageRules;
  /** What is locked while use cases run. */
  readonly lock: string;
}

const DEFAULT_REPEAT = 4;

/** With `--use-cases` no project is needed. Throws `config-not-found` without either, `config-invalid` where the project declares none. */
export async function useCaseSubject(options: SubjectOptions, from: string): Promise<UseCaseSubject> {
  return options.useCases === undefined ? await subjectOfProject(options, from) : subjectByHand(options.useCases, options, from);
}

function subjectByHand(useCases: string, { program, out = ".unfork" }: SubjectOptions, from: string): UseCaseSubject {
  const place = resolve(from, out);
  return {
    dir: resolve(from, useCases),
    meant: (all) => [...all],
    root: resolve(from),
    inputs: join(place, "inputs"),
    out: join(place, "use-cases"),
    repeat: DEFAULT_REPEAT,
    program: program === undefined ? undefined : resolve(from, program),
    rules: {},
    lock: join(place, "use-cases.lock"),
  };
}

/** Where there is no project, the hint names the way without one. */
function orByHand(error: unknown): unknown {
  if (!(error instanceof UnforkError) || error.code !== "config-not-found") return error;
  const hint = [error.hint, "or give --use-cases DIR, which needs no project"].filter((part) => part !== undefined).join("; ");
  return new UnforkError(error.code, error.message, { hint, context: error.context, cause: error.cause });
}

async function subjectOfProject({ config, program, out }: SubjectOptions, from: string): Promise<UseCaseSubject> {
  const project = await openProject(config, from).catch((error: unknown) => Promise.reject(orByHand(error)));
  const { useCases } = project.config;
  if (useCases === undefined)
    throw new UnforkError("config-invalid", `${project.configName} declares no use cases`, {
      hint: 'add useCases: { dir: "use-cases" }, or give --use-cases DIR',
    });
  const place = out === undefined ? undefined : resolve(from, out);
  return {
    dir: join(project.root, useCases.dir),
    meant: (all) => configuredUseCases(all, useCases.only, project.configName),
    root: project.root,
    inputs: place === undefined ? project.paths.inputs : join(place, "inputs"),
    out: place === undefined ? project.paths.useCases : join(place, "use-cases"),
    repeat: useCases.repeat,
    program: program === undefined ? await linkedProgram(project) : resolve(from, program),
    rules: { promote: useCases.promote, demote: useCases.demote },
    lock: project.paths.lock,
  };
}

async function linkedProgram(project: Project): Promise<string | undefined> {
  const run = await latestRun(project.paths.runs);
  const entries = run === undefined ? [] : await readEntries(project.paths.runs, run);
  const link = entries.find(({ stage }) => stage === "link");
  if (link === undefined) return undefined;
  return stageOutputSchemas.link.parse(link.output).programs.find(({ mode }) => mode === "dual")?.executable;
}

/** Wants the program. */
export function programOf({ program, dir }: UseCaseSubject): string {
  if (program !== undefined) return program;
  throw new UnforkError("state-invalid", `there is no dual program to run the use cases of ${relative(".", dir) || "."} with`, {
    hint: "run `unfork upgrade --until link`, or give --program FILE",
  });
}
