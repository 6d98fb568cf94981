/** Owns `unfork usecase bisect`: which of upstream's commits or which feature explains a difference, with the evidence. */
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";

import type { Attribution } from "../../../model/attribution.js";
import { bisectRepository } from "../../../pipeline/bisect/bisect-repo.js";
import { bisectUseCase } from "../../../pipeline/bisect/bisect-use-case.js";
import type { GivenHistory } from "../../../pipeline/bisect/search-upstream.js";
import { openProject } from "../../../pipeline/project.js";
import { useCaseSubject } from "../../../pipeline/use-case-subject.js";
import { attributionText } from "../../../report/attribution.js";
import { UnforkError } from "../../../support/errors.js";
import { takeLock } from "../../../support/lock.js";
import { requireTools } from "../../../toolchain/find-tool.js";
import { loadUseCases } from "../../../usecases/load-use-cases.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { showProgress } from "../../live.js";
import { type Terminal, openTerminal } from "../../terminal.js";
import { oneUseCase, positiveInteger } from "./options.js";

interface BisectOptions extends GlobalOptions {
  readonly callgrind?: boolean;
  readonly function?: string;
  readonly confidence: number;
  readonly mostPairs: number;
  readonly crashRuns: number;
  readonly any?: boolean;
  readonly across?: boolean;
  readonly jobs: number;
  readonly history?: string;
  readonly from?: string;
  readonly to?: string;
  readonly repo?: string;
  readonly good?: string;
  readonly bad?: string;
  readonly build?: string;
  readonly run?: string;
  readonly timeout: number;
  readonly out?: string;
}

export function addUseCaseBisect(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("bisect")
    .description("Find the upstream commit or the feature that explains a difference: each is built and run beside the older release.")
    .argument("[id]", "the use case; left out with --repo")
    .argument("[metric]", "a metric of it, run.cpuMs and its like, output:FILE, or crash");
  addWhat(command);
  addRepo(command);
  withExamples(command, [
    "unfork usecase bisect laptop-call quality.erleDb",
    "unfork usecase bisect long-call run.instructions --callgrind",
    "unfork usecase bisect long-call run.instructions --function meter::Rms",
    "unfork usecase bisect --repo upstream --good v1 --bad v2 --build 'make' --run './app --json' run.cpuMs",
  ]);
  command.action(async (id: string | undefined, metric: string | undefined, _local: unknown, self: Command) =>
    setExitCode(await bisect([id, metric], globalsOf(self) as BisectOptions)),
  );
}

function addWhat(command: Command): void {
  command
    .optionsGroup("What:")
    .option("--callgrind", "count instructions under valgrind, and name the functions that changed")
    .option("--function <name>", "the instructions of this function alone; says whether they moved there from others")
    .option("--any", "also a difference that the metric's margin allows")
    .option("--across", "look for a fall of the same cost in all other use cases, too")
    .optionsGroup("How sure:")
    .option("--confidence <part>", "chance that no answer on the way is false", confidence, 0.95)
    .option("--most-pairs <n>", "pairs of runs at most for one place", positiveInteger, 32)
    .option("--crash-runs <n>", "runs among which a crash that comes now and then is looked for", positiveInteger, 40)
    .option("--jobs <n>", "compile jobs at once", positiveInteger, availableParallelism())
    .optionsGroup("Upstream's history, where the releases' sources are no git repository:")
    .option("--history <url>", "the repository")
    .option("--from <ref>", "the older release in it")
    .option("--to <ref>", "the newer one");
}

function addRepo(command: Command): void {
  command
    .optionsGroup("Without a project:")
    .option("--repo <dir>", "a git repository; it is only read")
    .option("--good <rev>", "the commit to compare with")
    .option("--bad <rev>", "the commit that differs")
    .option("--build <command>", "builds a work tree; run there by a shell")
    .option("--run <command>", "runs it; its last line on stdout is a JSON object; $OUT is a folder to write into")
    .option("--timeout <seconds>", "when a run is killed", positiveInteger, 60)
    .option("--out <dir>", "where the work trees and the log go (default: .unfork)");
}

function confidence(text: string): number {
  const value = Number(text);
  if (!(value >= 0.5 && value < 1)) throw new InvalidArgumentError("a number from 0.5 up to, but not including, 1 is wanted");
  return value;
}

async function bisect(words: readonly (string | undefined)[], options: BisectOptions): Promise<number> {
  const terminal = openTerminal(options);
  if (options.callgrind === true || options.function !== undefined) await requireTools(["valgrind"], "--callgrind");
  const stop = showProgress(terminal, options);
  try {
    const found = options.repo === undefined ? await inProject(words, options, terminal) : await inRepository(words, options, terminal);
    stop();
    terminal.result(options.json === true ? JSON.stringify(found, null, 2) : attributionText(found, { color: terminal.color }));
    return found.status === "unexplained" || found.status === "unmeasured" ? EXIT.gate : EXIT.done;
  } finally {
    stop();
  }
}

async function inProject([id, metric]: readonly (string | undefined)[], options: BisectOptions, terminal: Terminal): Promise<Attribution> {
  if (id === undefined || metric === undefined)
    throw new UnforkError("usage", "a use case and a metric are wanted", { hint: "unfork usecase bisect ID METRIC" });
  const project = await openProject(options.config, process.cwd());
  const { dir } = await useCaseSubject(options.config === undefined ? {} : { config: options.config }, process.cwd());
  const all = await loadUseCases(dir);
  const useCase = oneUseCase(all, id);
  const release = await takeLock(project.paths.lock, "unfork usecase bisect");
  try {
    return await bisectUseCase(project, {
      ...rulesOf(options),
      useCase,
      metric,
      any: options.any === true,
      others: options.across === true ? all.filter((each) => each.id !== id) : [],
      history: historyOf(options),
      jobs: options.jobs,
      tell: terminal.message,
    });
  } finally {
    await release();
  }
}

async function inRepository(
  [metric, more]: readonly (string | undefined)[],
  options: BisectOptions,
  terminal: Terminal,
): Promise<Attribution> {
  const { repo, good, bad, build, run, timeout, out = ".unfork" } = options;
  if (metric === undefined || more !== undefined)
    throw new UnforkError("usage", "with --repo one word is wanted: the metric", {
      hint: "a path into the JSON line, run.cpuMs, or crash",
    });
  if (repo === undefined || good === undefined || bad === undefined || build === undefined || run === undefined)
    throw new UnforkError("usage", "--repo wants --good, --bad, --build and --run, too");
  const place = { repository: repo, good, bad, build, run, out: resolve(out), timeoutSeconds: timeout };
  return await bisectRepository({ ...rulesOf(options), ...place, metric, tell: terminal.message });
}

function rulesOf({ confidence: wanted, mostPairs, crashRuns, callgrind, function: own }: BisectOptions) {
  return { confidence: wanted, mostPairs, crashRuns, callgrind: callgrind === true, function: own };
}

function historyOf({ history: url, from, to }: BisectOptions): GivenHistory | undefined {
  if (url === undefined && from === undefined && to === undefined) return undefined;
  if (url === undefined || from === undefined || to === undefined) throw new UnforkError("usage", "--history, --from and --to go together");
  return { url, from, to };
}
