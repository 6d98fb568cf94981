/** Owns `unfork isolate compat`: the headers that bring a flavor's names back under their old spelling. */
import { resolve } from "node:path";
import { type Command, Option } from "commander";

import type { ImportKind } from "../../../isolate/compat/compat-text.js";
import { makeCompat } from "../../../isolate/compat/make-compat.js";
import type { CompatReport } from "../../../model/isolation-compat.js";
import { UnforkError } from "../../../support/errors.js";
import { canonicalJson } from "../../../support/hash.js";
import { painter, printable } from "../../../support/style.js";
import { table } from "../../../support/table.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { type Terminal, openTerminal } from "../../terminal.js";

interface CompatOptions extends GlobalOptions {
  readonly flavor: string;
  readonly out: string;
  readonly import: ImportKind;
  readonly namespace?: readonly string[];
  readonly map?: readonly string[];
  readonly older?: string;
  readonly names?: string;
}

export function addCompat(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("compat")
    .description("Write the header with which an application keeps the old names: whole namespaces, no list of symbols, no byte of code.")
    .argument("<tree>", "the isolated tree")
    .requiredOption("--flavor <name>", "its flavor")
    .requiredOption("--out <file>", "the header")
    .addOption(
      new Option("--import <kind>", "`using namespace` in a namespace of the old name, or a namespace alias")
        .choices(["using", "alias"])
        .default("using"),
    )
    .option("--map <old=new...>", "namespaces of an older release that another has taken in: rtc=webrtc")
    .option("--older <tree>", "a tree of the older release: which of its namespaces have been taken in is found")
    .option("--names <file>", "a second header, with a line for each name outside of namespaces (C functions, types); --out includes it")
    .option("--namespace <ns...>", "for a tree that is not isolated: the namespaces that isolation renames");
  withExamples(command, [
    "unfork isolate compat out/latest --flavor latest --out compat.h",
    "unfork isolate compat out/latest --flavor latest --out compat.h --map rtc=webrtc cricket=webrtc",
    "unfork isolate compat out/latest --flavor latest --out compat.h --older out/legacy --names compat_names.h",
  ]);
  command.action(async (tree: string, _local: unknown, self: Command) => setExitCode(await compat(tree, globalsOf(self) as CompatOptions)));
}

async function compat(tree: string, options: CompatOptions): Promise<number> {
  if (!/^\w+$/.test(options.flavor))
    throw new UnforkError("usage", `the flavor '${options.flavor}' cannot end a C++ name`, { hint: "use letters, digits and underscores" });
  const terminal = openTerminal(options);
  const report = await makeCompat({
    tree: resolve(tree),
    flavor: options.flavor,
    out: resolve(options.out),
    import: options.import,
    namespaces: options.namespace ?? [],
    map: (options.map ?? []).map(pairOf),
    older: options.older === undefined ? undefined : resolve(options.older),
    names: options.names === undefined ? undefined : resolve(options.names),
  });
  terminal.result(options.json === true ? canonicalJson(report, 2) : textOf(report, options, terminal));
  return EXIT.done;
}

function pairOf(text: string): { old: string; new: string } {
  const [, old, to] = /^([A-Za-z_]\w*)=([A-Za-z_]\w*)$/.exec(text) ?? [];
  if (old === undefined || to === undefined)
    throw new UnforkError("usage", `--map ${text} is not of the form OLD=NEW`, { hint: "two namespaces, as in --map rtc=webrtc" });
  return { old, new: to };
}

function textOf(report: CompatReport, options: CompatOptions, terminal: Terminal): string {
  const paint = painter(terminal.color);
  const columns = [{ head: "old name" }, { head: "stands for" }, { head: "known from", narrow: "wrap" as const }];
  const rows = report.namespaces.map(({ old, new: to, from, evidence }) => [old, to, originOf(from, evidence)]);
  const missing = report.unmapped.map(
    ({ old, names, best, found }) =>
      `${paint("warn", "○")} ${old} of the older release is not brought back: ${best === null ? "none" : `at most ${found}`} of its ${names} types ${best === null ? "is declared here" : `are in ${best}`}; --map ${old}=… decides`,
  );
  const count = report.globalNames;
  const globals =
    report.names !== null
      ? [`${printable(report.names.header)}: ${report.names.count} names outside of namespaces, one line each`]
      : count > 0
        ? [`${paint("warn", "○")} ${count} names outside of namespaces are not served: --names FILE writes a line for each`]
        : [];
  return [
    ...table(columns, rows, { width: terminal.width }),
    ...missing,
    ...globals,
    `${paint("good", "✔")} ${printable(report.header)}: include it first, or compile with -include ${printable(options.out)}`,
    "  what it cannot serve in an application is listed by: unfork isolate callsites APP --library TREE" +
      (report.import === "alias" ? " --import alias" : ""),
  ].join("\n");
}

function originOf(from: CompatReport["namespaces"][0]["from"], evidence: CompatReport["namespaces"][0]["evidence"]): string {
  if (from === "tree") return "the tree";
  if (from === "map" || evidence === null) return "--map";
  return `${evidence.found} of its ${evidence.names} types are declared there`;
}
