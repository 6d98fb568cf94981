/** Owns how a scan looks in a terminal: one line per construct, what must be decided, what is undecided. */
import { basename } from "node:path";

import type { IsolationScan, ScanConstruct, ScanPlace, ScanSeverity, ScanStrings } from "../../../model/isolation-scan.js";
import { figure } from "../../../support/figures.js";
import { type Paint, painter, printable, type Tone } from "../../../support/style.js";
import { table } from "../../../support/table.js";

export interface ScanTextOptions {
  readonly color: boolean;
  readonly width: number;
  /** Three places per construct instead of one. */
  readonly verbose: boolean;
}

const MARKS: Readonly<Record<ScanSeverity, readonly [Tone, string]>> = {
  done: ["good", "✔"],
  note: ["muted", "·"],
  warning: ["warn", "!"],
  error: ["bad", "✖"],
};

/** The whole scan as lines. */
export function scanText(scan: IsolationScan, options: ScanTextOptions): string {
  const paint = painter(options.color);
  return [
    ...opening(scan, paint),
    "",
    ...constructLines(scan, options, paint),
    ...stringLines(scan, options, paint),
    ...mechanismLines(scan, paint),
    ...undecidedLines(scan, options, paint),
    ...decidedLines(scan, paint),
    "",
    closing(scan, paint),
  ].join("\n");
}

function opening({ tree, files, namespaces, lookAlikes, renames }: IsolationScan, paint: Paint): string[] {
  const renamed = namespaces.filter(({ verdict }) => verdict === "renamed");
  const kept = namespaces.filter(({ verdict }) => verdict !== "renamed");
  const names = renames.names.filter(({ kind }) => kind !== "mangled");
  const mangled = renames.names.length - names.length;
  return [
    `${paint("strong", printable(tree))}  ${figure(files.code)} code files, ${(files.bytes / 1e6).toFixed(1)} MB`,
    `  renames     ${renamed.length === 0 ? "no namespace" : renamed.map(({ name, opened }) => `${name} (${figure(opened)})`).join(", ")}`,
    ...(names.length === 0 ? [] : [`  and         ${figure(names.length)} global names: ${byKind(names)}`]),
    ...(mangled === 0 ? [] : [`              ${figure(mangled)} mangled names in export lists`]),
    ...(kept.length === 0
      ? []
      : [`  stays       ${few(kept.map(({ name, verdict }) => (verdict === "kept" ? name : `${name} (${verdict})`)))}`]),
    ...(lookAlikes.length === 0 ? [] : [`  look-alikes ${few(lookAlikes.map(({ name }) => name))} stay`]),
  ];
}

function byKind(names: IsolationScan["renames"]["names"]): string {
  const kinds = new Map<string, number>();
  for (const { kind } of names) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return [...kinds]
    .toSorted(([, a], [, b]) => b - a)
    .map(([kind, count]) => `${kind} ${figure(count)}`)
    .join(", ");
}

const FEW = 8;

function few(names: readonly string[]): string {
  return names.length <= FEW ? names.join(", ") : `${names.slice(0, FEW).join(", ")} and ${figure(names.length - FEW)} more`;
}

function constructLines({ constructs }: IsolationScan, options: ScanTextOptions, paint: Paint): string[] {
  const rows = constructs.flatMap((construct) => [
    [mark(construct.severity, paint), construct.title, figure(construct.count), parts(construct), examples(construct.places, options)],
  ]);
  const columns = [
    { head: "" },
    { head: "construct" },
    { head: "count", align: "right" as const },
    { head: "of which", narrow: "cut" as const, least: 34 },
    { head: "for example", narrow: "cut" as const, least: 18 },
  ];
  const asking = constructs.filter(({ severity }) => severity === "warning" || severity === "error");
  const actions = asking.map(({ severity, title, action }) => `  ${mark(severity, paint)} ${title}: ${action}`);
  return [
    ...table(columns, rows, { width: options.width, paintHead: (text) => paint("muted", text) }),
    ...(actions.length === 0 ? [] : [""]),
    ...actions,
  ];
}

/** At most five kinds. */
function parts({ parts: list }: ScanConstruct): string {
  if (list.length < 2) return list.map(({ title }) => title).join("");
  const shown = list.slice(0, 5).map(({ title, count }) => `${title} ${figure(count)}`);
  return [...shown, ...(list.length > 5 ? [`${list.length - 5} more`] : [])].join(", ");
}

function examples(places: readonly ScanPlace[], { verbose }: ScanTextOptions): string {
  return places
    .slice(0, verbose ? 3 : 1)
    .map(({ file, line, name }) => printable(`${verbose ? file : basename(file)}:${line} ${name}`))
    .join("\n");
}

function stringLines({ strings }: IsolationScan, options: ScanTextOptions, paint: Paint): string[] {
  if (strings.length === 0) return [];
  const all = strings.reduce((sum, { count }) => sum + count, 0);
  const rows = strings.map((one) => [
    mark(one.severity, paint),
    one.title,
    figure(one.count),
    figure(one.distinct),
    severityWord(one),
    one.places
      .slice(0, options.verbose ? 3 : 1)
      .map(stringExample)
      .join("\n"),
  ]);
  const columns = [
    { head: "" },
    { head: "strings" },
    { head: "count", align: "right" as const },
    { head: "texts", align: "right" as const },
    { head: "with both flavors", narrow: "cut" as const, least: 40 },
    { head: "for example", narrow: "cut" as const, least: 16 },
  ];
  const lines = table(columns, rows, { width: options.width, paintHead: (text) => paint("muted", text) });
  const asking = strings.filter(({ severity }) => severity === "warning");
  lines.push(...asking.map(({ title, consequence }) => `  ${mark("warning", paint)} ${title}: ${consequence}`));
  return ["", `${figure(all)} strings hold a library's word; none is changed but by policy`, ...lines];
}

function severityWord({ severity, consequence }: ScanStrings): string {
  return severity === "warning" ? "look at it, see below" : consequence;
}

function stringExample({ text }: ScanStrings["places"][number]): string {
  return printable(`"${text}"`);
}

function mechanismLines({ mechanisms }: IsolationScan, paint: Paint): string[] {
  return mechanisms.flatMap(({ library, kind, option, value, step, covers, leaves, evidence }) => [
    "",
    `${paint("info", "→")} ${printable(library)} can be kept apart by its own ${kind} ${printable(option)}${value === null ? "" : ` (now ${printable(value)})`}`,
    `    do      ${printable(step)}`,
    `    covers  ${printable(covers)}`,
    `    leaves  ${printable(leaves)}`,
    ...evidence
      .slice(0, 3)
      .map(({ file, line, text }) => `    seen    ${printable(`${file}:${line}`)}  ${printable(text.trim()).slice(0, 90)}`),
  ]);
}

const MOST_UNDECIDED = 10;

function undecidedLines({ undecided }: IsolationScan, { verbose }: ScanTextOptions, paint: Paint): string[] {
  if (undecided.length === 0) return [];
  const shown = verbose ? undecided : undecided.slice(0, MOST_UNDECIDED);
  return [
    "",
    `${figure(undecided.length)} undecided ${undecided.length === 1 ? "token" : "tokens"}: left as ${undecided.length === 1 ? "it is" : "they are"} unless libclang or the policy settles them`,
    ...shown.map(({ file, line, token, why }) => `  ${paint("bad", "✖")} ${printable(`${file}:${line} '${token}': ${why}`)}`),
    ...(shown.length < undecided.length ? [`    and ${figure(undecided.length - shown.length)} more (--verbose)`] : []),
  ];
}

function decidedLines({ decided }: IsolationScan, paint: Paint): string[] {
  if (decided.length === 0) return [];
  return [
    "",
    `${figure(decided.length)} decided by libclang`,
    ...decided.map(
      ({ file, line, token, as, evidence }) => `  ${paint("good", "✔")} ${printable(`${file}:${line} '${token}': ${as}: ${evidence}`)}`,
    ),
  ];
}

function closing({ renames, undecided, constructs, strings }: IsolationScan, paint: Paint): string {
  const all = [...constructs, ...strings].map(({ severity }) => severity);
  const decide = all.filter((severity) => severity === "error").length;
  const look = all.filter((severity) => severity === "warning").length;
  return [
    paint("strong", `${figure(renames.edits)} edits in ${figure(renames.files)} files`),
    `${figure(undecided.length)} undecided`,
    `${decide} to decide (✖)`,
    `${look} to look at (!)`,
  ].join(" · ");
}

/** All places of one construct, or all strings of one class. */
export function placesText(scan: IsolationScan, id: string): string {
  const construct = scan.constructs.find((one) => one.id === id);
  if (construct !== undefined) {
    return construct.places
      .map(({ file, line, name, part }) => printable(`${file}:${line}: ${name}${part === "" ? "" : ` (${part})`}`))
      .join("\n");
  }
  const strings = scan.strings.find((one) => one.class === id);
  return (strings?.places ?? []).map(({ file, line, text }) => printable(`${file}:${line}: "${text}"`)).join("\n");
}

function mark(severity: ScanSeverity, paint: Paint): string {
  const [tone, glyph] = MARKS[severity];
  return paint(tone, glyph);
}
