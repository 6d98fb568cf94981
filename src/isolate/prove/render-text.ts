/** Owns the proof as text for people: a headline, totals, the texts that hold names, the differences. */
import type {
  ByteClass,
  IsolationProof,
  ProofDifference,
  ProofLine,
  ProofRun,
  UnitProof,
  UnitStatus,
} from "../../model/isolation-prove.js";
import { figure } from "../../support/figures.js";
import { type Paint, painter, printable } from "../../support/style.js";
import { table } from "../../support/table.js";
import { FOREIGN, PROVEN } from "./run-result.js";

export interface RenderOptions {
  readonly color: boolean;
  readonly width: number;
  /** All texts, explanations and differences instead of the first ones. */
  readonly verbose: boolean;
  /** How a mangled name is shown. */
  readonly names: ReadonlyMap<string, string>;
}

const MOST_NAME = 160;
const FEW_TEXTS = 8;
const FEW_UNITS = 10;
const FEW_DIFFERENCES = 3;

export function renderProof(proof: IsolationProof, options: RenderOptions): string {
  const paint = painter(options.color);
  return proof.runs.map((run) => renderRun(run, options, paint)).join("\n\n");
}

function renderRun(run: ProofRun, options: RenderOptions, paint: Paint): string {
  const parts = [
    headline(run, paint),
    unitTable(run, options, paint),
    byteTable(run, options, paint),
    textList(run, options, paint),
    explainedList(run, options, paint),
    differenceList(run, options, paint),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** `g++ (gcc 12.2.0) -O2: 661 of 661 units are identical but for names (646 outright, 15 with …)`. */
export function headline(run: ProofRun, paint: Paint): string {
  const { counts, units } = run;
  const proven = units.filter(({ status }) => PROVEN.has(status)).length;
  const details = [
    detail(counts.identical + counts.names, "outright"),
    detail(counts["name-strings"], "with names in strings"),
    detail(counts["name-constants"], "with constants made of names"),
    detail(counts["order-by-names"], "in an order by names"),
  ].filter((text) => text !== "");
  const who = run.compiler === null ? "" : `${[`${run.compiler} (${run.version ?? "unknown"})`, ...run.flags].join(" ")}: `;
  const foreign = counts.foreign + counts["foreign-changed"];
  const all = units.length - foreign;
  const good = proven === all && counts["foreign-changed"] === 0 && run.inconsistent.length === 0 && units.length > 0;
  const words = `${who}${proven} of ${all} units: identical but for names${details.length > 0 ? ` (${details.join(", ")})` : ""}`;
  const torn = run.inconsistent.length > 0 ? `; ${count(run.inconsistent.length, "name")} renamed inconsistently` : "";
  const others = foreign > 0 ? `; ${count(foreign, "foreign object")} not compared` : "";
  return paint(good ? "good" : "bad", `${good ? "✔" : "✖"} ${words}${torn}${others}`);
}

function detail(number: number, words: string): string {
  return number === 0 ? "" : `${number} ${words}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

const STATUS_WORDS: Readonly<Record<UnitStatus, string>> = {
  identical: "identical, names included",
  names: "identical but for names",
  "name-strings": "… and strings that hold names",
  "name-constants": "… and constants made of such strings",
  "order-by-names": "… and the compiler's order by names",
  different: "different",
  "only-before": "only before",
  "only-after": "only after",
  "not-compiled-before": "do not compile before",
  "not-compiled-after": "do not compile after",
  "not-compiled": "do not compile on either side",
  foreign: "not compared, the same bytes on both sides",
  "foreign-changed": "not compared, and not the same bytes",
};

function mark(status: UnitStatus, paint: Paint): string {
  if (status === "foreign") return paint("muted", "·");
  return PROVEN.has(status) ? paint("good", "✔") : paint("bad", "✖");
}

function unitTable({ counts }: ProofRun, { width }: RenderOptions, paint: Paint): string {
  const rows = (Object.keys(STATUS_WORDS) as UnitStatus[])
    .filter((status) => counts[status] > 0)
    .map((status) => [mark(status, paint), STATUS_WORDS[status], figure(counts[status])]);
  const columns = [{ head: "" }, { head: "units" }, { head: "", align: "right" as const }];
  return table(columns, rows, { width, paintHead: (text) => paint("muted", text) }).join("\n");
}

const CLASS_WORDS: Readonly<Record<ByteClass, string>> = {
  identical: "identical",
  names: "names and the tables that follow from them",
  nameStrings: "strings that hold names",
  nameConstants: "made of such strings, or ordered by names",
  different: "different",
  notCompared: "not compared (debug information)",
};

function byteTable({ bytes, names, inconsistent }: ProofRun, { width }: RenderOptions, paint: Paint): string {
  const classes = (Object.keys(CLASS_WORDS) as ByteClass[]).filter(
    (key) => bytes.before[key] + bytes.after[key] > 0 || key === "different" || key === "notCompared",
  );
  const rows = classes.map((key) => [CLASS_WORDS[key], figure(bytes.before[key]), figure(bytes.after[key])]);
  const total = (side: "before" | "after"): string => figure(Object.values(bytes[side]).reduce((sum, value) => sum + value, 0));
  rows.push(["all", total("before"), total("after")]);
  const columns = [{ head: "bytes" }, { head: "before", align: "right" as const }, { head: "after", align: "right" as const }];
  const lines = table(columns, rows, { width, paintHead: (text) => paint("muted", text) });
  const words = `${figure(names.paired)} external names, ${figure(names.renamed)} of them renamed${inconsistent.length === 0 ? ", each to one name everywhere" : ""}`;
  return [...lines, ...(names.paired === 0 ? [] : [words])].join("\n");
}

interface ShownText {
  readonly after: string;
  readonly lines: readonly ProofLine[];
  readonly units: number;
}

/** Strings of all units, each once; typeinfo names are counted, and listed under --verbose. */
function textList(run: ProofRun, { verbose }: RenderOptions, paint: Paint): string {
  const texts = new Map<string, ShownText>();
  const types = new Map<string, ShownText>();
  for (const unit of run.units) {
    for (const text of unit.texts) {
      const map = text.kind === "typeinfo" ? types : texts;
      const known = map.get(text.after);
      map.set(text.after, { after: text.after, lines: known?.lines.length ? known.lines : text.lines, units: (known?.units ?? 0) + 1 });
    }
  }
  const parts = [
    textLines("string", "that the program's text builds from names", texts, verbose, paint),
    typeSummary(types, verbose, paint),
  ];
  return parts.filter((part) => part !== "").join("\n");
}

function textLines(noun: string, words: string, texts: ReadonlyMap<string, ShownText>, verbose: boolean, paint: Paint): string {
  if (texts.size === 0) return "";
  const sorted = [...texts.values()].toSorted((a, b) => (a.after < b.after ? -1 : 1));
  const shown = verbose ? sorted : sorted.slice(0, FEW_TEXTS);
  const lines = shown.map(({ after, lines: at, units }) => {
    const text = after.length > 90 ? `${after.slice(0, 89)}…` : after;
    return `  ${printable(text)}\n    ${paint("muted", `${place(at)}${units > 1 ? `, in ${units} units` : ""}`)}`;
  });
  const more = sorted.length - shown.length;
  return [`${count(sorted.length, noun)} ${words}:`, ...lines, ...(more > 0 ? [`  … ${more} more with --verbose`] : [])].join("\n");
}

function typeSummary(types: ReadonlyMap<string, ShownText>, verbose: boolean, paint: Paint): string {
  if (types.size === 0) return "";
  if (verbose) return textLines("typeinfo name", "of renamed classes", types, true, paint);
  const tied = [...types.values()].filter(({ lines }) => lines.length > 0).length;
  const words = tied === types.size ? "each with its class" : tied === 0 ? "" : `${tied} with their class`;
  return `${count(types.size, "typeinfo name")} of renamed classes${words === "" ? "" : `, ${words}`} (listed with --verbose)`;
}

function place(lines: readonly ProofLine[]): string {
  if (lines.length === 0) return "source line not known";
  return lines.map(({ file, line }) => `${file}:${line}`).join(" < ");
}

/** Units whose difference went away: how, and where it was. */
function explainedList(run: ProofRun, options: RenderOptions, paint: Paint): string {
  const units = run.units.filter(({ explanation }) => explanation !== null);
  if (units.length === 0) return "";
  const shown = options.verbose ? units : units.slice(0, FEW_UNITS);
  const blocks = shown.map((unit) => {
    const how =
      unit.explanation?.by === "names in texts"
        ? "the same once names in texts are silenced"
        : `the same with ${(unit.explanation?.flags ?? []).join(" ")}: the compiler sorts by the spelling of symbols`;
    const subjects = new Map(unit.explained.map((one) => [one.symbol ?? one.section, one]));
    const few = [...subjects.values()].slice(0, options.verbose ? subjects.size : 2);
    const lines = few.map(
      (one) =>
        `    ${subject(one, options)}: ${printable(named(one.what, options))}${one.lines.length > 0 ? `\n      ${paint("muted", place(one.lines))}` : ""}`,
    );
    const rest = subjects.size - few.length;
    const spoken = unit.explanation?.by === "names in texts" ? spokenLine(unit.explanation.lines, options, paint) : [];
    return [`  ${unit.unit}: ${how}`, ...lines, ...(rest > 0 ? [`    … ${count(rest, "more place")}`] : []), ...spoken].join("\n");
  });
  const more = units.length - shown.length;
  return [
    `${count(units.length, "unit")} compiled otherwise because of names alone:`,
    ...blocks,
    ...(more > 0 ? [`  … ${more} more with --verbose`] : []),
  ].join("\n");
}

function spokenLine(lines: readonly ProofLine[], { verbose }: RenderOptions, paint: Paint): string[] {
  if (lines.length === 0) return [];
  const shown = verbose ? lines : lines.slice(0, 3);
  const words = shown.map(({ file, line }) => `${file}:${line}`).join(", ");
  return [
    `    ${paint("muted", `names in texts: ${words}${lines.length > shown.length ? ` and ${lines.length - shown.length} more lines` : ""}`)}`,
  ];
}

function differenceList(run: ProofRun, options: RenderOptions, paint: Paint): string {
  const units = run.units
    .filter(({ status }) => !PROVEN.has(status))
    .toSorted((a, b) => Number(FOREIGN.has(a.status)) - Number(FOREIGN.has(b.status)));
  const shown = options.verbose ? units : units.slice(0, FEW_UNITS);
  const blocks = shown.map((unit) => differenceBlock(unit, options, paint));
  const more = units.length - shown.length;
  const torn = run.inconsistent.map(
    ({ before, after, units: where }) =>
      `${paint("bad", "✖")} ${before.map((name) => shownName(name, options)).join(" and ")} became ${after.map((name) => shownName(name, options)).join(" and ")} (${where.join(", ")})`,
  );
  return [...blocks, ...(more > 0 ? [`… ${more} more units with --verbose`] : []), ...torn].join("\n");
}

function differenceBlock(unit: UnitProof, options: RenderOptions, paint: Paint): string {
  const head = `${mark(unit.status, paint)} ${unit.unit}: ${STATUS_WORDS[unit.status]}`;
  const few = options.verbose ? unit.differences : unit.differences.slice(0, FEW_DIFFERENCES);
  const rest = unit.differences.length - few.length;
  const problem = unit.problem === null ? [] : unit.problem.split("\n").map((line) => `    ${printable(line)}`);
  const lines = few.map((one) => differenceLines(one, options, paint));
  return [head, ...problem, ...lines, ...(rest > 0 ? [`    … ${count(rest, "more difference")}`] : [])].join("\n");
}

function differenceLines(one: ProofDifference, options: RenderOptions, paint: Paint): string {
  const at = one.before === null ? "" : ` at 0x${one.before.toString(16)}`;
  const where = one.symbol === null && one.before === null ? "" : `${subject(one, options)}${at}: `;
  const lines = [`    ${one.kind}: ${where}${printable(named(one.what, options))}`];
  if (one.lines.length > 0) lines.push(`      ${paint("muted", place(one.lines))}`);
  if (one.assembly !== null) {
    lines.push(...one.assembly.before.map((text) => `      ${paint("bad", "-")} ${printable(text)}`));
    lines.push(...one.assembly.after.map((text) => `      ${paint("good", "+")} ${printable(text)}`));
  }
  return lines.join("\n");
}

function subject({ symbol, section }: ProofDifference, options: RenderOptions): string {
  if (symbol !== null) return shownName(symbol, options);
  return section === "" ? "the object" : shortened(printable(section));
}

function shownName(name: string, { names }: RenderOptions): string {
  return shortened(printable(names.get(name) ?? name));
}

/** Names of templates fill a screen: the middle goes. */
function shortened(name: string): string {
  return name.length <= MOST_NAME ? name : `${name.slice(0, MOST_NAME / 2)} … ${name.slice(-MOST_NAME / 2)}`;
}

function named(text: string, { names }: RenderOptions): string {
  return text.replaceAll(/_Z\w+/g, (name) => shortened(names.get(name) ?? name));
}

/** All mangled names that the text shows. */
export function shownNames(proof: IsolationProof): string[] {
  const found = new Set<string>();
  for (const run of proof.runs) {
    for (const { before, after } of run.inconsistent) for (const name of [...before, ...after]) found.add(name);
    for (const unit of run.units) {
      for (const one of [...unit.differences, ...unit.explained]) {
        if (one.symbol !== null) found.add(one.symbol);
        for (const [name] of one.what.matchAll(/_Z\w+/g)) found.add(name);
      }
    }
  }
  return [...found];
}
