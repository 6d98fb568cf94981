/** Owns `unfork isolate callsites`: what a compatibility header cannot serve in an application, and the edits that mend it. */
import { resolve } from "node:path";
import { type Command, Option } from "commander";

import { type CallsitesResult, diffOf, inspectCallsites, writeChanged } from "../../../isolate/callsites/callsites.js";
import type { ImportKind } from "../../../isolate/callsites/finding.js";
import { callsitesGithub, callsitesSarif } from "../../../isolate/callsites/render.js";
import type { CallsiteFinding, CallsitesReport } from "../../../model/isolation-callsites.js";
import { UnforkError } from "../../../support/errors.js";
import { canonicalJson } from "../../../support/hash.js";
import { type Paint, painter, printable } from "../../../support/style.js";
import { table } from "../../../support/table.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { type Terminal, openTerminal } from "../../terminal.js";

interface CallsitesOptions extends GlobalOptions {
  readonly library: string;
  readonly flavor?: string;
  readonly namespace?: readonly string[];
  readonly import: ImportKind;
  readonly map?: readonly string[];
  readonly names?: boolean;
  readonly exclude?: readonly string[];
  readonly fix?: boolean;
  readonly dryRun?: boolean;
  readonly reporter?: "text" | "json" | "sarif" | "github";
}

export function addCallsites(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("callsites")
    .description("List the places in an application that a compatibility header of an isolated library cannot serve, and mend them.")
    .argument("<app>", "the application's folder")
    .requiredOption("--library <tree>", "the library's tree, as released or isolated; never written to")
    .option("--flavor <name>", "the flavor the application is to use (default: the one an isolated --library bears)")
    .option("--namespace <ns...>", "the library's namespaces (default: those that its tree fills)")
    .addOption(
      new Option("--import <kind>", "how the compatibility header imports: `using namespace`, or a namespace alias")
        .choices(["using", "alias"])
        .default("using"),
    )
    .option("--map <old=new...>", "namespaces of an older release that another has taken in: rtc=webrtc")
    .option("--names", "the header of global names (`compat --names`) is included, too: C names are served")
    .option("--exclude <glob...>", "files of the application that are not read")
    .option("--fix", "apply the edits")
    .option("--dry-run", "with --fix: print the edits as a unified diff, write nothing")
    .addOption(new Option("--reporter <name>", "format of the result").choices(["text", "json", "sarif", "github"]));
  withExamples(command, [
    "unfork isolate callsites src --library third_party/meter --flavor legacy",
    "unfork isolate callsites src --library .unfork/isolated/legacy --fix --dry-run",
    "unfork isolate callsites src --library third_party/meter --flavor legacy --import alias --fix",
  ]);
  command.action(async (app: string, _local: unknown, self: Command) =>
    setExitCode(await callsites(app, globalsOf(self) as CallsitesOptions)),
  );
}

async function callsites(app: string, options: CallsitesOptions): Promise<number> {
  if (options.dryRun === true && options.fix !== true)
    throw new UnforkError("usage", "--dry-run without --fix", { hint: "nothing is written without --fix" });
  const terminal = openTerminal(options);
  const result = await inspectCallsites({
    app: resolve(app),
    library: resolve(options.library),
    flavor: options.flavor,
    namespaces: options.namespace ?? [],
    import: options.import,
    map: new Map((options.map ?? []).map(pairOf)),
    namesServed: options.names === true,
    exclude: options.exclude ?? [],
  });
  if (options.fix === true) return await fix(resolve(app), result, options, terminal);
  terminal.result(rendered(result.report, options, terminal));
  return result.report.findings.length === 0 ? EXIT.done : EXIT.gate;
}

function pairOf(text: string): [string, string] {
  const [, old, target] = /^(\w+)=(\w+)$/.exec(text) ?? [];
  if (old !== undefined && target !== undefined) return [old, target];
  throw new UnforkError("usage", `'${text}' is no mapping of namespaces`, { hint: "write OLD=NEW, as in --map rtc=webrtc" });
}

async function fix(app: string, { report, changed }: CallsitesResult, options: CallsitesOptions, terminal: Terminal): Promise<number> {
  if (report.flavor === null)
    throw new UnforkError("usage", "--fix needs to know the flavor", { hint: "give --flavor, or a --library that is isolated" });
  const left = report.findings.filter(({ edit }) => edit === null);
  if (options.dryRun === true) terminal.result(diffOf(changed).replace(/\n$/, ""));
  else await writeChanged(app, changed);
  const done = report.findings.length - left.length;
  const verb = options.dryRun === true ? "would be mended" : "mended";
  terminal.message(`${done} of ${report.findings.length} call sites ${verb} in ${filesText(changed.size)}`);
  if (options.dryRun !== true) terminal.result(rendered({ ...report, findings: left }, options, terminal));
  return left.length === 0 ? EXIT.done : EXIT.gate;
}

function rendered(report: CallsitesReport, options: CallsitesOptions, terminal: Terminal): string {
  const format = options.reporter ?? (options.json === true ? "json" : "text");
  if (format === "json") return canonicalJson(report, 2);
  if (format === "sarif") return callsitesSarif(report);
  if (format === "github") return callsitesGithub(report);
  return textReport(report, options, terminal);
}

function filesText(count: number): string {
  return count === 1 ? "1 file" : `${count} files`;
}

/** At most this many findings of a construct are printed without --verbose. */
const SHOWN = 20;

function textReport(report: CallsitesReport, options: CallsitesOptions, terminal: Terminal): string {
  const paint = painter(terminal.color);
  const { library, findings } = report;
  const spaces = library.namespaces.length === 0 ? "no namespace" : library.namespaces.join(", ");
  const head = `${filesText(report.files)} against ${library.files} of the library (${spaces}; ${library.names} names; ${library.globals} global names in its headers)`;
  if (findings.length === 0) return `${paint("good", "✔")} no call site that the compatibility header cannot serve: ${head}`;
  const lines: string[] = [];
  const shown = new Map<string, number>();
  for (const finding of findings) {
    const count = (shown.get(finding.construct) ?? 0) + 1;
    shown.set(finding.construct, count);
    if (options.verbose === true || count <= SHOWN) lines.push(...findingLines(finding, paint));
  }
  return [...lines, "", ...summary(report, shown, options, terminal), "", head].join("\n");
}

function findingLines({ file, line, column, construct, severity, why, text, edit, hint }: CallsiteFinding, paint: Paint): string[] {
  const tone = severity === "error" ? "bad" : "muted";
  const elsewhere =
    edit !== null && (edit.file !== file || edit.line !== line) ? ` at ${printable(edit.file)}:${edit.line}:${edit.column}` : "";
  const mend = edit === null ? (hint === null ? [] : [`    hint: ${hint}`]) : [`    edit${elsewhere}: ${change(edit.old, edit.text)}`];
  return [
    `${printable(file)}:${line}:${column}: ${paint(tone, severity)}: ${printable(why)} [${construct}]`,
    `    ${printable(text)}`,
    ...mend,
  ];
}

function change(old: string, text: string): string {
  return old === "" ? `insert ${printable(text)}` : `${printable(old)} → ${printable(text)}`;
}

function summary(report: CallsitesReport, shown: ReadonlyMap<string, number>, options: CallsitesOptions, terminal: Terminal): string[] {
  const rows = report.counts.map(({ construct, findings, mechanical }) => [construct, String(findings), String(mechanical)]);
  const hidden = options.verbose !== true && [...shown.values()].some((count) => count > SHOWN);
  const columns = [
    { head: "construct" },
    { head: "places", align: "right" as const },
    { head: "mended by --fix", align: "right" as const },
  ];
  return [
    ...table(columns, rows, { width: terminal.width }),
    ...(hidden ? [`\nat most ${SHOWN} of each are shown; --verbose shows all`] : []),
  ];
}
