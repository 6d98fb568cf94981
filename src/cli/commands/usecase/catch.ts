/** Owns `unfork usecase catch`: inputs on which the flavors differ, made small, grouped by cause, and kept once somebody labelled them. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { type Command, Option } from "commander";

import { type Caught, type HuntResult, LABELS } from "../../../model/catching.js";
import type { UseCase } from "../../../model/use-case.js";
import { type Changes, changesOf } from "../../../pipeline/catching/changes.js";
import { openProject } from "../../../pipeline/project.js";
import { type UseCaseSubject, programOf, useCaseSubject } from "../../../pipeline/use-case-subject.js";
import { huntText } from "../../../report/catching.js";
import { UnforkError } from "../../../support/errors.js";
import { takeLock } from "../../../support/lock.js";
import { findTool } from "../../../toolchain/find-tool.js";
import { type Authored, askAuthor } from "../../../usecases/catching/author.js";
import { type HuntRequest, hunt, inputsIn } from "../../../usecases/catching/hunt.js";
import { readLabels, storeFind, storedFind } from "../../../usecases/catching/keep.js";
import { reachedFunctions } from "../../../usecases/catching/reached.js";
import { loadUseCases } from "../../../usecases/load-use-cases.js";
import { prepareInputs } from "../../../usecases/prepare.js";
import { type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { showProgress } from "../../live.js";
import { openTerminal } from "../../terminal.js";
import { type CatchApiOptions, catchInApi } from "./catch-api.js";
import { labelAll } from "./label-found.js";
import { type RegisterOptions, addRunOptions, oneUseCase, positiveInteger } from "./options.js";

interface CatchOptions extends RegisterOptions, CatchApiOptions {
  readonly jobs: number;
  readonly author?: string;
  readonly authorTries: number;
}

export function addUseCaseCatch(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("catch")
    .description(
      "Change a use case's recorded inputs, run both flavors on each, and keep the smallest on which they differ, one for each cause.",
    )
    .argument("[id]", "the use case")
    .optionsGroup("What:")
    .option("--api [names...]", "no use case: the shim's functions, those of these names and classes or all, with generated arguments")
    .option("--tries <n>", "inputs at most; with --api for each function", positiveInteger, 1000)
    .option("--seconds <n>", "time at most for these; making what is found small comes on top", positiveInteger, 60)
    .option("--seed <n>", "the same seed changes the inputs alike", positiveInteger, 1)
    .option("--shrink <n>", "tries at most to make one input smaller", positiveInteger, 200)
    .option("--jobs <n>", "inputs at once, each on a core of its own", positiveInteger, Math.min(4, availableParallelism()))
    .option("--diff <range>", "commits of upstream's that are meant: says which of their functions the use case comes to")
    .option("--repo <dir>", "upstream's repository (default: the releases' git source, where it lies on this machine)")
    .optionsGroup("Labels:")
    .addOption(new Option("--label <label>", "of all that is found without one: regressions are kept as use cases").choices(LABELS))
    .option("--key <key>", "labels what an earlier hunt found under this key, and hunts no more")
    .optionsGroup("An author of your own:")
    .option(
      "--author <command>",
      "gets intent and diff as JSON on stdin, writes a test; taken when it passes on legacy and fails on latest",
    )
    .option("--author-tries <n>", "tries at most, each recorded", positiveInteger, 3);
  addRunOptions(command);
  withExamples(command, [
    "unfork usecase catch laptop-call",
    "unfork usecase catch laptop-call --tries 5000 --seconds 600 --label regression",
    "unfork usecase catch laptop-call --diff v1..v2 --author ./write-test",
    "unfork usecase catch laptop-call --key 1f0c93ab --label intended",
    "unfork usecase catch --api",
    "unfork usecase catch --api Config RoundToInt --diff v1..v2",
  ]);
  command.action(async (id: string | undefined, _local: unknown, self: Command) =>
    setExitCode(await catchWhat(id, globalsOf(self) as CatchOptions)),
  );
}

async function catchWhat(id: string | undefined, options: CatchOptions): Promise<number> {
  if (options.api !== undefined && id === undefined) return await catchInApi(options);
  if (options.api === undefined && id !== undefined) return await catchIn(id, options);
  throw new UnforkError("usage", "a use case is wanted, or --api for the shim's functions: one of both", {
    hint: "`unfork usecase list` shows the use cases",
  });
}

async function catchIn(id: string, options: CatchOptions): Promise<number> {
  const terminal = openTerminal(options);
  const subject = await useCaseSubject(options, process.cwd());
  const useCase = oneUseCase(await loadUseCases(subject.dir), id);
  if (!useCase.flavors.legacy.runs || !useCase.flavors.latest.runs)
    throw new UnforkError("usage", `the use case ${id} runs on one flavor only`, { hint: "hunt in one that both have" });
  const place = join(`${subject.out}.caught`, id);
  const release = await takeLock(subject.lock, "unfork usecase catch");
  const stop = showProgress(terminal, options);
  try {
    const found = await (options.key === undefined
      ? huntFor(useCase, subject, place, options)
      : storedAlone(useCase, await storedFind(place, options.key)));
    stop();
    const labelled = {
      ...found,
      caught: await labelAll(found.caught, { dir: subject.dir, root: subject.root, useCase }, options, terminal),
    };
    terminal.result(options.json === true ? JSON.stringify(labelled, null, 2) : huntText(labelled, { color: terminal.color }));
    return labelled.caught.some(({ label }) => label !== "intended") && options.key === undefined ? EXIT.gate : EXIT.done;
  } finally {
    stop();
    await release();
  }
}

async function huntFor(useCase: UseCase, subject: UseCaseSubject, place: string, options: CatchOptions): Promise<HuntResult> {
  const labels = await readLabels(subject.dir);
  const request: HuntRequest = {
    ...options,
    useCase,
    program: programOf(subject),
    root: subject.root,
    inputs: await prepareInputs(useCase, subject.root, subject.inputs),
    work: join(place, "tries"),
    shrinkTries: options.shrink,
    known: new Set(labels.filter((line) => line.useCase === useCase.id).map(({ key }) => key)),
  };
  const recorded = await inputsIn(request.inputs);
  if (recorded.size === 0)
    throw new UnforkError("usage", `${useCase.id} has no recorded input to change`, {
      hint: "let its `prepare` make a file into {inputs}",
    });
  const changes = await changesFor(options);
  const hunted = await hunt(request);
  const authored = await authoredFor(request, changes, place, options);
  const finds = [...hunted.finds, ...(authored.find === undefined ? [] : [authored.find])];
  const caught: Caught[] = [];
  for (const find of finds) caught.push(await storeFind(place, useCase, find, recorded));
  const canReach = changes !== undefined && options.diff !== undefined && (await findTool("valgrind")) !== undefined;
  const reached = canReach ? { changed: [...changes.functions], reached: await reachedFunctions(request, changes.functions) } : null;
  const { tries, differing } = hunted;
  return { useCase: useCase.id, seed: options.seed, tries, differing, caught, reached, author: [...authored.tries] };
}

async function changesFor(options: CatchOptions): Promise<Changes | undefined> {
  if (options.diff === undefined && options.author === undefined) return undefined;
  const from = process.cwd();
  const project = options.useCases === undefined ? await openProject(options.config, from) : undefined;
  return await changesOf(project, { diff: options.diff, repo: options.repo, from });
}

async function authoredFor(request: HuntRequest, changes: Changes | undefined, place: string, options: CatchOptions): Promise<Authored> {
  if (options.author === undefined) return { find: undefined, tries: [] };
  const recorded = await inputsIn(request.inputs);
  const { id, purpose, run } = request.useCase;
  const task = {
    useCase: { id, purpose, run },
    intent: changes?.intent ?? [],
    diff: changes?.diff ?? "",
    inputs: [...recorded].map(([file, bytes]) => ({ file, bytes: bytes.length })),
  };
  const { author: command, authorTries: tries, seconds } = options;
  return await askAuthor({ command, tries, task, recorded, record: join(place, "author.ndjson"), seconds }, request);
}

async function storedAlone({ id }: UseCase, caught: Caught): Promise<HuntResult> {
  return { useCase: id, seed: 1, tries: 0, differing: 0, caught: [caught], reached: null, author: [] };
}
