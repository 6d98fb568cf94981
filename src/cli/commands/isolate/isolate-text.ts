/** Owns how an isolation looks in a terminal: what was renamed, what stayed, what is left to decide, what to do next. */
import type { IsolationResult } from "../../../model/isolation.js";
import { figure } from "../../../support/figures.js";
import { type Paint, painter, printable } from "../../../support/style.js";
import { table } from "../../../support/table.js";

export interface IsolateTextOptions {
  readonly tree: string;
  readonly color: boolean;
  readonly width: number;
  /** All undecided tokens and all names. */
  readonly verbose: boolean;
  readonly dryRun: boolean;
  readonly inPlace: boolean;
}

/** Undecided tokens and warnings that are shown without --verbose. */
const SHOWN = 20;

export function isolateText(result: IsolationResult, options: IsolateTextOptions): string {
  const paint = painter(options.color);
  return [
    ...opening(result, options, paint),
    ...renamed(result, options, paint),
    ...left(result, paint),
    ...list(
      "not copied:",
      result.skipped.map(({ path, what }) => `${path}: a ${what}`),
      options,
      paint,
    ),
    ...list(`${paint("warn", "look at:")}`, result.warnings, options, paint),
    ...list(
      "decided by the compiler:",
      result.decided.map(({ file, line, token, as, evidence }) => `${file}:${line}: '${token}': ${as}: ${evidence}`),
      options,
      paint,
    ),
    ...list("also reachable under the old name:", result.exposed, options, paint),
    ...undecided(result, options, paint),
    "",
    ...next(result, options),
  ].join("\n");
}

function opening(result: IsolationResult, { tree, dryRun, inPlace }: IsolateTextOptions, paint: Paint): string[] {
  const where = inPlace ? "" : ` → ${result.path}`;
  const title = `${paint("strong", printable(tree))}${printable(where)}, flavor ${paint("strong", result.flavor)}, release ${printable(result.release)}`;
  const would = dryRun ? "would be changed" : "changed";
  const more = [
    ...(result.moved === undefined ? [] : [`${figure(result.moved.length)} header files renamed`]),
    ...(result.strings > 0 ? [`${figure(result.strings)} strings by rule`] : []),
    ...(result.patches > 0 ? [`${figure(result.patches)} patches`] : []),
  ];
  const counts = `${figure(result.changedFiles)} of ${figure(result.files)} files ${would}, ${figure(result.edits)} names lengthened, ${(result.bytes / 1e6).toFixed(1)} MB`;
  return [title, `  ${[counts, ...more].join(", ")}`];
}

function renamed({ namespaces, names }: IsolationResult, { width, verbose }: IsolateTextOptions, paint: Paint): string[] {
  const rows = namespaces.map(({ from, to, edits }) => [`${from}::`, `${to}::`, figure(edits)]);
  const columns = [{ head: "namespace" }, { head: "becomes" }, { head: "places", align: "right" as const }];
  const spaces = rows.length === 0 ? ["", "  no namespace renamed"] : ["", ...table(columns, rows, { width, indent: 2 })];
  return [...spaces, ...globals(names, width, verbose, paint)];
}

function globals(names: IsolationResult["names"], width: number, verbose: boolean, paint: Paint): string[] {
  if (names.length === 0) return ["", "  no name at global scope renamed"];
  const kinds = new Map<string, { names: number; edits: number; example: string }>();
  for (const { from, edits, kind } of names.toSorted((a, b) => b.edits - a.edits)) {
    const known = kinds.get(kind) ?? { names: 0, edits: 0, example: from };
    kinds.set(kind, { names: known.names + 1, edits: known.edits + edits, example: known.example });
  }
  const rows = [...kinds]
    .toSorted((a, b) => b[1].names - a[1].names)
    .map(([kind, found]) => [KINDS[kind] ?? kind, figure(found.names), figure(found.edits), found.example]);
  const columns = [
    { head: "names at global scope" },
    { head: "names", align: "right" as const },
    { head: "places", align: "right" as const },
    { head: "such as", narrow: "cut" as const },
  ];
  const all = verbose
    ? names.map(({ from, to, edits, kind }) => `    ${from} → ${to}  ${paint("muted", `${kind}, ${figure(edits)}`)}`)
    : [];
  return ["", ...table(columns, rows, { width, indent: 2 }), ...all];
}

const KINDS: Readonly<Record<string, string>> = {
  function: "functions",
  variable: "variables",
  type: "types",
  enumeration: "enumerations",
  asm: "assembler labels",
  module: "modules",
  "by rule": "by rule or macro",
};

/** Namespaces that the tree opens and that were found not to be its own. */
function left({ found }: IsolationResult, paint: Paint): string[] {
  const stays = found.filter(({ verdict }) => verdict !== "renamed");
  if (stays.length === 0) return [];
  return [
    "",
    "  opened at global scope and left alone:",
    ...stays.map(({ name, verdict, why }) => `    ${name}  ${paint("muted", `${verdict}: ${why}`)}`),
  ];
}

function list(title: string, lines: readonly string[], { verbose }: IsolateTextOptions, paint: Paint): string[] {
  if (lines.length === 0) return [];
  const shown = verbose ? lines : lines.slice(0, SHOWN);
  const more =
    lines.length > shown.length ? [`    ${paint("muted", `and ${figure(lines.length - shown.length)} more: --verbose shows all`)}`] : [];
  return ["", `  ${title}`, ...shown.map((line) => `    ${printable(line)}`), ...more];
}

function undecided({ undecided: tokens }: IsolationResult, options: IsolateTextOptions, paint: Paint): string[] {
  if (tokens.length === 0) return [];
  const title = paint(
    "bad",
    `${figure(tokens.length)} ${tokens.length === 1 ? "token is" : "tokens are"} undecided and left as ${tokens.length === 1 ? "it is" : "they are"}:`,
  );
  return list(
    title,
    tokens.map(({ file, line, token, why }) => `${file}:${line}: '${token}': ${why}`),
    options,
    paint,
  );
}

function next({ undecided: tokens, path, namespaces, found }: IsolationResult, { dryRun, inPlace, tree }: IsolateTextOptions): string[] {
  const steps = [
    ...(tokens.length > 0
      ? [
          "settle them in a policy: settle: [{ token, file, line, as: rename or leave }], or let a compile database decide (--compile-commands)",
        ]
      : []),
    ...(found.some(({ verdict }) => verdict === "kept" || verdict === "foreign") && namespaces.length === 0
      ? ["name the namespaces: --namespace NAME"]
      : []),
    ...(dryRun ? ["nothing was written: run again without --dry-run"] : []),
    ...(dryRun ? [] : [`back: unfork isolate revert ${inPlace ? tree : path}${inPlace ? "" : " --out DIR"}`]),
  ];
  return steps.map((step) => `  → ${printable(step)}`);
}
