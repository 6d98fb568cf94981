/** Owns `unfork isolate shared`: whether a flavor compiles against the other's copy of a module that both share. */
import { type Command, InvalidArgumentError } from "commander";

import { findCompileDatabase } from "../../../isolate/find-compile-database.js";
import { loadPolicy } from "../../../isolate/policy/load-policy.js";
import { checkShared } from "../../../isolate/shared/check-shared.js";
import type { SharedCheck } from "../../../model/isolation-shared.js";
import { readCompileDatabase } from "../../../toolchain/compile-database.js";
import { UnforkError } from "../../../support/errors.js";
import { canonicalJson } from "../../../support/hash.js";
import { painter, printable } from "../../../support/style.js";
import { type GlobalOptions, globalsOf, type SetExitCode, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { showProgress } from "../../live.js";
import { openTerminal } from "../../terminal.js";

interface SharedOptions extends GlobalOptions {
  readonly from: string;
  readonly module?: readonly string[];
  readonly policy?: string;
  readonly compileCommands?: string;
  readonly compiler?: string;
  readonly flag?: readonly string[];
  readonly file?: readonly string[];
  readonly jobs?: number;
}

export function addShared(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("shared")
    .description(
      "Compile a flavor against the other's copy of the modules that both share; list the files that do not fit, with the reason.",
    )
    .argument("<tree>", "the flavor whose own copy is not used")
    .requiredOption("--from <dir>", "the tree that owns the modules: the one whose copy is built")
    .option("--module <path...>", "folders of the modules, in both trees (default: the policy's share)")
    .option("--policy <file>", "a policy, JSON or YAML: its share rules name the modules")
    .optionsGroup("How the units are compiled (nothing is written):")
    .option("--compile-commands <file>", "a compile database of the tree (default: compile_commands.json in it or its build folder)")
    .option("--compiler <name>", "for units without a command")
    .option("--flag <flag>", "for --compiler, repeatable: --flag=-std=c++20 --flag=-Isrc (relative to the tree)", collect)
    .option("--file <glob...>", "only these units")
    .option("--jobs <n>", "compilers at once (default: 1)", positiveInteger);
  withExamples(command, [
    "unfork isolate shared out/legacy --from out/latest --module third_party/abseil-cpp --compile-commands build/compile_commands.json",
    "unfork isolate shared m120 --from m150 --module abseil-cpp --compiler g++ --flag=-std=c++20 --flag=-Iwebrtc --flag=-Iabseil-cpp --file 'webrtc/rtc_base/*.cc'",
  ]);
  command.action(async (tree: string, _local: unknown, self: Command) => setExitCode(await shared(tree, globalsOf(self) as SharedOptions)));
}

function collect(value: string, earlier: readonly string[] | undefined): string[] {
  return [...(earlier ?? []), value];
}

async function shared(tree: string, options: SharedOptions): Promise<number> {
  const terminal = openTerminal(options);
  const database = options.compileCommands ?? (await findCompileDatabase(tree));
  const stop = showProgress(terminal, options);
  const result = await checkShared({
    tree,
    owner: options.from,
    modules: await modulesOf(options),
    commands: database === undefined ? [] : await readCompileDatabase(database),
    ...(options.compiler === undefined ? {} : { compiler: options.compiler }),
    ...(options.flag === undefined ? {} : { flags: options.flag }),
    ...(options.file === undefined ? {} : { files: options.file }),
    ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
  }).finally(stop);
  if (options.json === true) terminal.result(canonicalJson(result, 2));
  else terminal.result(sharedText(result, tree, terminal.color));
  return result.failed.length === 0 && result.compiled > 0 ? EXIT.done : EXIT.gate;
}

async function modulesOf({ module, policy }: SharedOptions): Promise<readonly string[]> {
  if (module !== undefined) return module.map((path) => path.replace(/\/+$/, ""));
  const rules = policy === undefined ? [] : (await loadPolicy(policy)).share;
  if (rules.length > 0) return rules.map(({ path }) => path);
  throw new UnforkError("usage", "no module is named", { hint: "give --module PATH, or a --policy with share rules" });
}

export function sharedText({ modules, owner, units, compiled, failed, broken }: SharedCheck, tree: string, color: boolean): string {
  const paint = painter(color);
  const places = (list: SharedCheck["failed"]): string[] =>
    list.flatMap(({ file, place, reason, errors }) => [
      `    ${printable(file)}`,
      `      ${printable(place)}: ${printable(reason)}${errors > 1 ? paint("muted", ` (and ${errors - 1} more)`) : ""}`,
    ]);
  return [
    `${paint("strong", printable(tree))} with ${printable(modules.join(", "))} of ${printable(owner)}`,
    `  ${compiled} of ${units} units that see it compile`,
    ...(failed.length === 0 ? [] : ["", `  ${paint("bad", `${failed.length} do not fit:`)}`, ...places(failed)]),
    ...(broken.length === 0
      ? []
      : [
          "",
          `  ${paint("warn", `${broken.length} do not compile with their own copy either, so nothing is said about them:`)}`,
          ...places(broken),
        ]),
    ...(compiled + failed.length > 0
      ? []
      : ["", "  → nothing is checked: give the flags that these units are compiled with (--flag, --compile-commands)"]),
  ].join("\n");
}

function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("a whole number from 1 is wanted");
  return value;
}
