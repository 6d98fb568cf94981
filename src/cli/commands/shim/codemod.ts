/** Owns `unfork shim codemod`: an application's call sites moved from a library to its shim. */
import { existsSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Command } from "commander";

import { shimCodemodText } from "../../../report/shim-codemod.js";
import { readShimManifest } from "../../../shim/read-manifest.js";
import { runCodemod } from "../../../shim/codemod/run-codemod.js";
import { UnforkError } from "../../../support/errors.js";
import { packageRoot } from "../../../support/version.js";
import { readCompileDatabase } from "../../../toolchain/compile-database.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";

interface CodemodOptions extends GlobalOptions {
  readonly manifest: string;
  readonly target?: readonly string[];
  readonly exclude?: readonly string[];
  readonly compileCommands?: string;
  readonly include?: readonly string[];
  readonly jobs?: string;
  readonly apply?: boolean;
}

export function addCodemod(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("codemod")
    .description("Move an application's call sites from a library to its shim; a dry run that prints a diff, unless --apply is given.")
    .argument("<app>", "the application's folder")
    .requiredOption("--manifest <file>", "the shim.json that stands beside the shim's files")
    .optionsGroup("What is moved:")
    .option("--target <target...>", "only these folders, files, or targets of the compile database")
    .option("--exclude <glob...>", "paths that are not read, as in 'third_party/*'")
    .optionsGroup("How it is written:")
    .option("--apply", "write; without it nothing is")
    .option("--compile-commands <file>", "compile changed files before and after, and take back those that no longer compile")
    .option("--include <dir...>", "include folders for that, besides the manifest's and the runtime's")
    .option("--jobs <n>", "compilers side by side (default: the number of cores)");
  withExamples(command, [
    "unfork shim codemod app --manifest shim/shim.json",
    "unfork shim codemod app --manifest shim/shim.json --target src/audio --apply --compile-commands build/compile_commands.json",
    "unfork shim codemod app --manifest shim/shim.json --exclude 'third_party/*' --json",
  ]);
  command.action(async (app: string, _local: unknown, self: Command) => setExitCode(await codemod(app, globalsOf(self) as CodemodOptions)));
}

async function codemod(app: string, options: CodemodOptions): Promise<number> {
  const terminal = openTerminal(options);
  requireFolder(app);
  const manifest = readShimManifest(options.manifest);
  const shimFolder = dirname(resolve(options.manifest));
  const { report, diff } = await runCodemod({
    app,
    manifest,
    shimFolder,
    targets: options.target ?? [],
    exclude: options.exclude ?? [],
    commands: options.compileCommands === undefined ? undefined : await readCompileDatabase(options.compileCommands),
    includes: [...(options.include ?? []).map((path) => resolve(path)), ...shimIncludes(shimFolder)],
    apply: options.apply === true,
    jobs: jobsOf(options.jobs),
  });
  if (options.json === true) terminal.result(JSON.stringify(report, null, 2));
  else {
    if (options.apply !== true && diff !== "") terminal.result(diff.replace(/\n$/, ""));
    const text = shimCodemodText(report, { color: terminal.color, width: terminal.width, verbose: options.verbose === true }).replace(
      /\n$/,
      "",
    );
    if (options.apply === true) terminal.result(text);
    else terminal.message(text);
  }
  return report.sites.left + report.flavors.length + report.collisions.length === 0 ? EXIT.done : EXIT.gate;
}

/** The shim's headers lie beside the manifest or below `include/`; the runtime's come with this package. */
function shimIncludes(folder: string): string[] {
  return [folder, join(folder, "include"), join(packageRoot(), "runtime", "include")].filter((path) => existsSync(path));
}

function jobsOf(given: string | undefined): number {
  if (given === undefined) return availableParallelism();
  if (/^[1-9]\d*$/.test(given)) return Number(given);
  throw new UnforkError("usage", `--jobs ${given} is no number of compilers`, { hint: "give a whole number from 1 on" });
}

function requireFolder(path: string): void {
  const known = statSync(path, { throwIfNoEntry: false });
  if (known?.isDirectory() === true) return;
  throw new UnforkError(known === undefined ? "input-missing" : "input-invalid", `${path} is no folder`, {
    hint: "name the folder of the application's sources",
    context: { path },
  });
}
