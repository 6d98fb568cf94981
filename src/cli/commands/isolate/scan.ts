/** Owns `unfork isolate scan`: what a tree holds that isolation must deal with, and what it would do. */
import { type Command, Option } from "commander";

import { findCompileDatabase } from "../../../isolate/find-compile-database.js";
import { scanTree } from "../../../isolate/inventory/scan-tree.js";
import { ROWS } from "../../../isolate/inventory/rows.js";
import { loadPolicy } from "../../../isolate/policy/load-policy.js";
import { type IsolationScan, stringClassSchema } from "../../../model/isolation-scan.js";
import { type IsolationPlan, isolationPlanSchema } from "../../../model/isolation.js";
import { type CompileCommand, readCompileDatabase } from "../../../toolchain/compile-database.js";
import { canonicalJson } from "../../../support/hash.js";
import { type GlobalOptions, globalsOf, type SetExitCode, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { showProgress } from "../../live.js";
import { openTerminal } from "../../terminal.js";
import { placesText, scanText } from "./scan-text.js";

interface ScanOptions extends GlobalOptions {
  readonly namespace?: readonly string[];
  readonly policy?: string;
  readonly compileCommands?: string;
  readonly places?: string;
  readonly failOn: "error" | "warning" | "never";
}

const PLACES = [...ROWS.map(({ id }) => id), ...stringClassSchema.options];

export function addScan(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("scan")
    .description("Show what a tree holds that isolation deals with: per construct, its strings and registries, what stays undecided.")
    .argument("<tree>", "the library's sources")
    .optionsGroup("What is renamed:")
    .option("--namespace <name...>", "external namespaces (default: those in which the tree defines names)")
    .option("--policy <file>", "a policy, JSON or YAML")
    .option(
      "--compile-commands <file>",
      "commands that compile this tree: libclang decides what the text alone does not (default: the tree's own)",
    )
    .optionsGroup("What is shown:")
    .addOption(new Option("--places <id>", "only the places of one construct or class of strings, one per line").choices(PLACES))
    .addOption(
      new Option(
        "--fail-on <what>",
        "exit with 1 when something must be decided (undecided tokens count), or also when something must be looked at",
      )
        .choices(["error", "warning", "never"])
        .default("error"),
    );
  withExamples(command, [
    "unfork isolate scan third_party/webrtc",
    "unfork isolate scan src --namespace webrtc --places c-symbols",
    "unfork isolate scan src --json > scan.json",
  ]);
  command.action(async (tree: string, _local: unknown, self: Command) => setExitCode(await scan(tree, globalsOf(self) as ScanOptions)));
}

async function scan(tree: string, options: ScanOptions): Promise<number> {
  const terminal = openTerminal(options);
  const stop = showProgress(terminal, options);
  const result = await scanTree({ tree, plan: await planOf(options), commands: await commandsOf(tree, options.compileCommands) }).finally(
    stop,
  );
  if (options.places !== undefined && options.json !== true) {
    const text = placesText(result, options.places);
    if (text !== "") terminal.result(text);
  } else if (options.json === true) terminal.result(canonicalJson(result, 2));
  else {
    terminal.result(scanText(result, { color: terminal.color, width: terminal.width, verbose: options.verbose === true }));
  }
  for (const warning of result.warnings) terminal.message(`warning: ${warning}`);
  return failsOn(result, options.failOn) ? EXIT.gate : EXIT.done;
}

async function planOf({ policy, namespace }: ScanOptions): Promise<IsolationPlan> {
  const plan = policy === undefined ? isolationPlanSchema.parse({}) : await loadPolicy(policy);
  return namespace === undefined ? plan : { ...plan, namespaces: [...namespace] };
}

/** The database that is named, or the tree's own when it can be read. */
async function commandsOf(tree: string, given: string | undefined): Promise<CompileCommand[] | undefined> {
  if (given !== undefined) return readCompileDatabase(given);
  const found = await findCompileDatabase(tree);
  return found === undefined ? undefined : readCompileDatabase(found).catch(() => undefined);
}

function failsOn({ constructs, strings, undecided }: IsolationScan, limit: ScanOptions["failOn"]): boolean {
  if (limit === "never") return false;
  if (undecided.length > 0) return true;
  const severities = [...constructs, ...strings].map(({ severity }) => severity);
  return severities.some((severity) => severity === "error" || (limit === "warning" && severity === "warning"));
}
