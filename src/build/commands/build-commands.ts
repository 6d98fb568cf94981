/** Owns the two deeds of the user's own build system: run its commands, and find what they were to make. */
import { join, resolve } from "node:path";

import type { CommandBuild, Flavor } from "../../model/build.js";
import { UnforkError } from "../../support/errors.js";
import { type CommandResult, run, runOk } from "../../support/exec.js";
import { shellLine } from "../../support/shell-line.js";
import { exists } from "../../support/fs.js";
import { requireTools } from "../../toolchain/find-tool.js";
import { compileErrors } from "../errors/compile-errors.js";
import { programTrees } from "../own/build-own.js";
import { jobsOf, makeOutputFolder } from "../own/prepare.js";
import { settleTimes } from "../own/same-inputs.js";
import type { BuildFailed, FlavorOutcome, FlavorRequest, FlavorTree, ProgramOutcome, ProgramRequest } from "../requests.js";
import { programSize } from "../size.js";
import { type PlaceholderValues, fillCommand, fillText } from "./placeholders.js";

type Commanded<Request> = Omit<Request, "description"> & { readonly description: CommandBuild };

interface CommandContext {
  readonly root: string;
  readonly key: string;
  readonly values: PlaceholderValues;
  readonly trees: readonly [Flavor, FlavorTree][];
}

/** Runs the flavor's commands in the config's folder and finds the archives. Throws `input-missing` when one did not come out. */
export async function buildFlavorByCommands(request: Commanded<FlavorRequest>): Promise<FlavorOutcome> {
  const { description, root, out, tree, flavor } = request;
  const key = "build.flavor";
  const values = { tree, out, flavor, root, jobs: String(jobsOf(request)) };
  const context = { root, key: `${key}.commands`, values, trees: [[flavor, request]] as [Flavor, FlavorTree][] };
  await makeOutputFolder(out);
  await settleTimes(tree, join(out, `inputs-${flavor}.json`));
  const failed = await runCommands(description.flavor.commands, context);
  if (failed !== undefined) return failed;
  const archives = description.flavor.archives.map((path) => resolve(root, fillText(path, values, `${key}.archives`)));
  for (const archive of archives) await mustBeThere(archive, `${key}.archives`, `the archive of flavor ${flavor}`);
  const compileDatabase = await databaseOf(request, values);
  return { status: "built", result: { flavor, archives, compileDatabase, objects: await countMembers(archives) } };
}

/** Runs the mode's commands in the config's folder and finds the executable. Throws `input-missing` when it did not come out. */
export async function buildProgramByCommands(request: Commanded<ProgramRequest>): Promise<ProgramOutcome> {
  const { description, root, out, mode } = request;
  const key = "build.program";
  const values = programValues(request);
  await makeOutputFolder(out);
  const context = { root, key: `${key}.commands`, values, trees: programTrees(request) };
  const failed = await runCommands(description.program.commands, context);
  if (failed !== undefined) return failed;
  const executable = resolve(root, fillText(description.program.executable, values, `${key}.executable`));
  await mustBeThere(executable, `${key}.executable`, `the program of mode ${mode}`);
  return { status: "built", result: { mode, executable, size: await programSize(mode, executable) } };
}

/** A flavor that is not in the mode has an empty tree and no archives. */
function programValues(request: Commanded<ProgramRequest>): PlaceholderValues {
  const { root, out, mode, trees, archives, shim } = request;
  return {
    ...(shim === undefined ? {} : { shim: shim.folder, "shim:runtime": shim.runtime, "shim:byhand": shim.byHand }),
    out,
    mode,
    root,
    jobs: String(jobsOf(request)),
    "archive:legacy": archives.legacy ?? [],
    "archive:latest": archives.latest ?? [],
    "tree:legacy": trees.legacy ?? "",
    "tree:latest": trees.latest ?? "",
  };
}

async function runCommands(commands: readonly (readonly string[])[], context: CommandContext): Promise<BuildFailed | undefined> {
  const lines = commands.map((command, index) => fillCommand(command, context.values, `${context.key}[${index}]`));
  await requireTools(
    lines.map((line) => toolOf(line, context.root)),
    context.key,
  );
  for (const line of lines) {
    const [, ...args] = line;
    const command = toolOf(line, context.root);
    const result = await run({ command, args, cwd: context.root, env: { SOURCE_DATE_EPOCH: "0", ZERO_AR_DATE: "1" } });
    if (result.code !== 0) return failedCommand(line, result, context);
  }
  return undefined;
}

/** A path is meant from the config's folder, a bare name from the PATH. */
function toolOf(line: readonly string[], root: string): string {
  const tool = line[0] ?? "";
  return tool.includes("/") ? resolve(root, tool) : tool;
}

async function failedCommand(line: readonly string[], result: CommandResult, context: CommandContext): Promise<BuildFailed> {
  const text = `${result.stdout.toString("utf8")}\n${result.stderr}`;
  const step = { command: shellLine(line), text, source: line[0] ?? "" };
  return { status: "failed", errors: await compileErrors([step], { folder: context.root, root: context.root, trees: context.trees }) };
}

async function databaseOf(request: Commanded<FlavorRequest>, values: PlaceholderValues): Promise<string | null> {
  const { compileDatabase } = request.description.flavor;
  if (compileDatabase === undefined) return null;
  const path = resolve(request.root, fillText(compileDatabase, values, "build.flavor.compileDatabase"));
  await mustBeThere(path, "build.flavor.compileDatabase", `the compile database of flavor ${request.flavor}`);
  return path;
}

async function mustBeThere(path: string, key: string, what: string): Promise<void> {
  if (await exists(path)) return;
  throw new UnforkError("input-missing", `${what} did not come out: the commands succeeded, but ${path} is not there`, {
    hint: `make the commands write it, or correct ${key}`,
    context: { key, path },
  });
}

async function countMembers(archives: readonly string[]): Promise<number> {
  await requireTools(["ar"], "the build");
  let members = 0;
  for (const archive of archives) {
    const listed = await runOk({ command: "ar", args: ["t", archive] });
    members += listed.stdout
      .toString("utf8")
      .split("\n")
      .filter((name) => name !== "").length;
  }
  return members;
}
