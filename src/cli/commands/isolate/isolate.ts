/** Owns `unfork isolate <tree>` itself: the flags, the choice between rewriting, in place and overlay, the exit code. */
import { basename, resolve } from "node:path";
import { availableParallelism } from "node:os";

import { type Command, InvalidArgumentError, Option } from "commander";

import { findCompileDatabase } from "../../../isolate/find-compile-database.js";
import { isolateTree } from "../../../isolate/isolate-tree.js";
import type { IsolationPlan, IsolationResult } from "../../../model/isolation.js";
import { NO_POLICY } from "../../../model/no-policy.js";
import type { CompileCommand } from "../../../toolchain/compile-database.js";
import { UnforkError } from "../../../support/errors.js";
import { canonicalJson } from "../../../support/hash.js";
import { type GlobalOptions, globalsOf, type SetExitCode, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { showProgress } from "../../live.js";
import { openTerminal } from "../../terminal.js";
import { isolateText } from "./isolate-text.js";

interface IsolateOptions extends GlobalOptions {
  readonly flavor?: string;
  readonly out?: string;
  readonly inPlace?: boolean;
  readonly namespace?: readonly string[];
  readonly policy?: string;
  readonly mode: "rewrite" | "overlay";
  readonly jobs?: number;
  readonly release?: string;
  readonly dryRun?: boolean;
  readonly strict?: boolean;
  readonly original?: boolean;
  readonly compileCommands?: string;
}

/** Makes the group a command of its own: what is no name of a command in it is a tree. */
export function addIsolateItself(group: Command, setExitCode: SetExitCode): void {
  group
    .argument("[tree]", "the library's sources; write ./scan for a folder that bears the name of a command below")
    .optionsGroup("What becomes of it:")
    .option("--flavor <name>", "the word that ends every external name: webrtc becomes webrtc_<name>")
    .option("--out <dir>", "where the isolated tree goes: a new folder, an empty one, or an earlier output")
    .option("--in-place", "rewrite the tree where it stands; `unfork isolate revert` takes it back")
    .addOption(
      new Option("--mode <mode>", "change the sources, or leave them and write a header that renames as it is included")
        .choices(["rewrite", "overlay"])
        .default("rewrite"),
    )
    .option("--dry-run", "tell what would be done, write nothing")
    .optionsGroup("What is renamed:")
    .option("--namespace <name...>", "external namespaces (default: those in which the tree defines names)")
    .option(
      "--policy <file>",
      "rules, JSON or YAML: rename, keep, expose, share, strings, patch, settle (default: the isolate object of --config)",
    )
    .option("--original", "the tree is an original one, though all its names end alike")
    .option("--strict", "exit 1 also when a rule of the policy matches nothing")
    .option(
      "--compile-commands <file>",
      "a compile database of the tree: libclang decides what the text leaves undecided (default: compile_commands.json in the tree or its build folder)",
    )
    .optionsGroup("How:")
    .option("--jobs <n>", "threads; the result does not depend on it", positiveInteger)
    .option("--release <id>", "the release that the marker names (default: the tree's folder)");
  withExamples(group, [
    "unfork isolate third_party/webrtc --flavor legacy --out out/legacy",
    "unfork isolate src --flavor latest --namespace webrtc --policy isolation.yaml --out out/latest --json",
    "unfork isolate src --flavor legacy --dry-run",
    "unfork isolate src --flavor legacy --in-place && unfork isolate revert src",
  ]);
  group.enablePositionalOptions();
  group.action(async (tree: string | undefined, _local: unknown, self: Command) => {
    if (tree === undefined) return self.help({ error: true });
    setExitCode(await isolate(tree, globalsOf(self) as IsolateOptions));
  });
}

async function isolate(tree: string, options: IsolateOptions): Promise<number> {
  const terminal = openTerminal(options);
  const flavor = options.flavor;
  if (flavor === undefined) throw usage("--flavor is missing", "name the flavor: unfork isolate <tree> --flavor legacy --out out/legacy");
  const stop = showProgress(terminal, options);
  if (options.mode === "overlay") {
    const input = { tree, flavor, release: options.release ?? basename(resolve(tree)), plan: await planOf(flavor, options) };
    const { isolateByOverlay } = await import("./overlay.js");
    return await isolateByOverlay(input, options, terminal).finally(stop);
  }
  const result = await run(tree, flavor, options).finally(stop);
  if (options.json === true) terminal.result(canonicalJson(result, 2));
  else {
    const shown = { tree, color: terminal.color, width: terminal.width, verbose: options.verbose === true };
    terminal.result(isolateText(result, { ...shown, dryRun: options.dryRun === true, inPlace: options.inPlace === true }));
  }
  return isDone(result, options) ? EXIT.done : EXIT.gate;
}

function isDone({ undecided, warnings }: IsolationResult, { strict }: IsolateOptions): boolean {
  return undecided.length === 0 && (strict !== true || warnings.length === 0);
}

async function run(tree: string, flavor: string, options: IsolateOptions): Promise<IsolationResult> {
  const request = {
    flavor,
    release: options.release ?? basename(resolve(tree)),
    source: tree,
    plan: await planOf(flavor, options),
    ...(await databaseOf(tree, options.compileCommands)),
    ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
    ...(options.original === true ? { isOriginal: true } : {}),
  };
  if (options.inPlace === true) {
    if (options.out !== undefined) throw usage("--in-place and --out exclude each other", "give one of them");
    if (options.dryRun !== true) return (await import("../../../isolate/isolate-in-place.js")).isolateInPlace(request);
  } else if (options.out === undefined && options.dryRun !== true) {
    throw usage("--out is missing", "say where the isolated tree goes with --out DIR, or give --in-place or --dry-run");
  }
  const dryRun = options.dryRun === true ? { dryRun: true } : {};
  return isolateTree({ ...request, target: options.out ?? `${resolve(tree)}_${flavor}`, ...dryRun });
}

/** A database that is named must be one; one that is merely found is left alone when it is none. */
async function databaseOf(tree: string, given: string | undefined): Promise<{ commands?: readonly CompileCommand[] }> {
  const file = given ?? (await findCompileDatabase(tree));
  if (file === undefined) return {};
  const { readCompileDatabase } = await import("../../../toolchain/compile-database.js");
  if (given !== undefined) return { commands: await readCompileDatabase(given) };
  const commands = await readCompileDatabase(file).catch(() => undefined);
  return commands === undefined ? {} : { commands };
}

/** The policy file, or the config's object for this flavor when a config is named, or none; --namespace prevails. */
async function planOf(flavor: string, { policy, config, namespace }: IsolateOptions): Promise<IsolationPlan> {
  const plan =
    policy !== undefined
      ? await (await import("../../../isolate/policy/load-policy.js")).loadPolicy(policy)
      : config !== undefined
        ? await configPlan(flavor, config)
        : NO_POLICY;
  return namespace === undefined ? plan : { ...plan, namespaces: [...namespace] };
}

async function configPlan(flavor: string, file: string): Promise<IsolationPlan> {
  const { loadConfig } = await import("../../../config/load-config.js");
  const { FLAVORS } = await import("../../../model/build.js");
  const { config } = await loadConfig(file, process.cwd());
  const known = FLAVORS.find((name) => name === flavor);
  if (known !== undefined) return config.flavors[known].isolate;
  throw usage(`${file} has no flavor '${flavor}'`, `it has ${FLAVORS.join(" and ")}; give --policy for another`);
}

function usage(message: string, hint: string): UnforkError {
  return new UnforkError("usage", message, { hint });
}

function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > availableParallelism() * 16)
    throw new InvalidArgumentError("a whole number from 1 is wanted");
  return value;
}
