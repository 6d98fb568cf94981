/** Owns the report of `unfork isolate headers` as text. */
import type { HeadersReport, MacroClassName, SharedMacro, Verdict } from "../../../model/isolation-headers.js";
import { type Paint, painter, printable } from "../../../support/style.js";
import { table } from "../../../support/table.js";

export interface TextOptions {
  readonly color: boolean;
  readonly width: number;
  /** Every row instead of the first ones. */
  readonly all: boolean;
}

const FEW = 30;
const FEW_LINES = 8;

export function headersText(report: HeadersReport, options: TextOptions): string {
  const paint = painter(options.color);
  return [
    ...flavorLines(report, options),
    ...countLines(report, options),
    ...macroLines(report, options, paint),
    ...editLines(report, options, paint),
    ...nameLines(report, options, paint),
    ...limitLines(report, options, paint),
    ...unitLines(report, options, paint),
  ].join("\n");
}

function flavorLines({ flavors }: HeadersReport, { width }: TextOptions): string[] {
  const columns = [
    { head: "flavor" },
    { head: "headers", align: "right" as const },
    { head: "chosen", align: "right" as const },
    { head: "reached", align: "right" as const },
    { head: "include roots", narrow: "wrap" as const },
  ];
  const rows = flavors.map(({ name, headers, chosen, reached, includeRoots }) => [
    name,
    String(headers),
    String(chosen),
    String(reached),
    includeRoots.join(" "),
  ]);
  return table(columns, rows, { width });
}

const CLASSES: Readonly<Record<MacroClassName, string>> = {
  guard: "include guard of both",
  same: "same",
  through: "same, but expands to one that differs",
  flavored: "differs in the flavor's names only",
  differs: "differs",
};
const VERDICTS: readonly Verdict[] = ["share", "rename", "drop-include", "none"];

function countLines({ macros }: HeadersReport, { width }: TextOptions): string[] {
  const kinds = (Object.keys(CLASSES) as MacroClassName[]).filter((kind) => macros.some((macro) => macro.class === kind));
  const count = (kind: MacroClassName, verdict: Verdict): string => {
    const found = macros.filter((macro) => macro.class === kind && macro.verdict === verdict).length;
    return found === 0 ? "" : String(found);
  };
  const rows = kinds.map((kind) => [CLASSES[kind]].concat(VERDICTS.map((verdict) => count(kind, verdict))));
  const heads = ["macros that both define", "share", "rename", "drop include", "not seen together"];
  const columns = heads.map((head, index) => ({ head, align: index === 0 ? ("left" as const) : ("right" as const) }));
  return macros.length === 0 ? ["", "no macro is defined by both"] : ["", ...table(columns, rows, { width })];
}

function notable({ macros }: HeadersReport): SharedMacro[] {
  const wanted = macros.filter((macro) => macro.class !== "guard" && (macro.verdict === "rename" || macro.verdict === "drop-include"));
  return wanted.toSorted((a, b) => (a.verdict < b.verdict ? -1 : a.verdict > b.verdict ? 1 : 0));
}

function macroLines(report: HeadersReport, { width, all }: TextOptions, paint: Paint): string[] {
  const rows = notable(report);
  if (rows.length === 0) return [];
  const shown = all ? rows : rows.slice(0, FEW);
  const columns = [
    { head: "macro", narrow: "wrap" as const, least: 24 },
    { head: "verdict" },
    { head: "why", narrow: "wrap" as const, least: 24 },
    { head: "seen in", align: "right" as const },
    { head: report.flavors.map(({ name }) => name).join(" / "), narrow: "wrap" as const, least: 24 },
  ];
  const cells = shown.map((macro) => [
    macro.name,
    paint(macro.verdict === "rename" ? "warn" : "info", macro.verdict.replace("-", " ")),
    printable(macro.reason),
    usedCell(macro),
    placesCell(
      report,
      macro.sides.map(({ definitions }) => definitions[0]),
    ),
  ]);
  const more = rows.length - shown.length;
  return ["", ...table(columns, cells, { width }), ...(more > 0 ? [`and ${more} more (--verbose shows all)`] : [])];
}

/** Headers that applications get to see and that use the macro, of the flavor that has more. */
function usedCell({ sides }: SharedMacro): string {
  const counts = sides.map(({ used }) => used.headers.length + (used.own ? 1 : 0));
  const most = Math.max(...counts);
  return most === 0 ? "no header" : most === 1 ? "1 header" : `${most} headers`;
}

type Place = { readonly file: string; readonly line: number } | undefined;

/** Both places, below the include roots; a path that is the same is said once. */
function placesCell({ flavors }: Pick<HeadersReport, "flavors">, places: readonly Place[]): string {
  const [first, second] = places.map((place, side) => ({
    path: spelled(place?.file ?? "", flavors[side]?.includeRoots ?? []),
    line: place?.line,
  }));
  if (first?.path === second?.path) return `${first?.path}:${first?.line} / ${second?.line}`;
  return `${first?.path}:${first?.line} / ${second?.path}:${second?.line}`;
}

function spelled(path: string, roots: readonly string[]): string {
  const root = roots.find((folder) => path.startsWith(`${folder}/`));
  return printable(root === undefined ? path : path.slice(root.length + 1));
}

/** The edits of all macros, each said once. */
function editLines(report: HeadersReport, { all }: TextOptions, paint: Paint): string[] {
  const renamed = report.macros.filter((macro) => macro.class !== "guard" && macro.verdict === "rename").map(({ name }) => name);
  const dropped = [...new Set(report.macros.filter(({ verdict }) => verdict === "drop-include").flatMap(({ edits }) => edits))];
  const lines: string[] = [];
  if (report.macros.some((macro) => macro.class === "guard")) lines.push(`policy of each flavor: "guards": "rename"`);
  if (renamed.length > 0)
    lines.push(
      `policy of each flavor: "rename": ${JSON.stringify(all ? renamed : renamed.slice(0, FEW_LINES))}${all ? "" : moreOf(renamed)}`,
    );
  lines.push(...dropped.slice(0, all ? dropped.length : FEW_LINES));
  return lines.length === 0 ? [] : ["", paint("strong", "edits"), ...lines.map((line) => `  ${printable(line)}`)];
}

function moreOf(list: readonly string[]): string {
  return list.length > FEW_LINES ? ` and ${list.length - FEW_LINES} more (--verbose shows all)` : "";
}

function nameLines({ names, namespaces, flavors }: HeadersReport, { width, all }: TextOptions, paint: Paint): string[] {
  const lines: string[] = [];
  if (namespaces.length > 0)
    lines.push(
      "",
      `${paint("bad", "✖")} both open the namespaces ${namespaces.join(", ")}: isolate the trees first, or a unit with both does not compile`,
    );
  const wanted = names.filter(({ verdict }) => verdict !== "share");
  if (wanted.length === 0) return lines;
  const shown = all ? wanted : wanted.slice(0, FEW);
  const columns = [
    { head: "outside of namespaces", narrow: "wrap" as const, least: 24 },
    { head: "kind" },
    { head: "why", narrow: "wrap" as const, least: 24 },
    { head: flavors.map(({ name }) => name).join(" / "), narrow: "wrap" as const, least: 24 },
  ];
  const rows = shown.map(({ name, kind, places, reason }) => [name, kind, reason, placesCell({ flavors }, places)]);
  const more = wanted.length - shown.length;
  return [...lines, "", ...table(columns, rows, { width }), ...(more > 0 ? [`and ${more} more (--verbose shows all)`] : [])];
}

function limitLines({ limits }: HeadersReport, { all }: TextOptions, paint: Paint): string[] {
  if (limits.length === 0) return [];
  const shown = all ? limits : limits.slice(0, FEW_LINES);
  const lines = shown.map(({ flavor, file, line, what }) => `  ${flavor} ${printable(file)}:${line}: ${what}`);
  return ["", paint("strong", `limits (${limits.length})`), ...lines, ...(limits.length > shown.length ? ["  …"] : [])];
}

function unitLines({ unit, flavors }: HeadersReport, { all }: TextOptions, paint: Paint): string[] {
  if (unit === null) return [];
  const counts = flavors.map(({ name }) => `${unit.headers[name] ?? 0} headers of ${name}`).join(", ");
  const skipped = all ? unit.skipped : unit.skipped.slice(0, FEW_LINES);
  return [
    "",
    `${printable(unit.path)}: ${counts}; ${unit.hidden} macros put away between them, ${unit.renamed} names given a suffix`,
    ...Object.entries(unit.headers)
      .filter(([, count]) => count === 0)
      .map(([flavor]) => `  ${paint("bad", "✖")} no header of ${flavor} is left: the unit proves nothing`),
    ...(unit.skipped.length === 0 ? [] : [`  ${unit.skipped.length} headers left out, since they do not compile by themselves:`]),
    ...skipped.map(
      ({ flavor, header, file, line, message }) => `    ${flavor} ${printable(header)}: ${printable(file)}:${line}: ${printable(message)}`,
    ),
    ...(unit.skipped.length > skipped.length ? [`    and ${unit.skipped.length - skipped.length} more (--verbose shows all)`] : []),
    ...unit.builds.flatMap((build) => buildLines(build, all, paint)),
  ];
}

function buildLines(
  { compiler, command, status, errors, refused }: NonNullable<HeadersReport["unit"]>["builds"][0],
  all: boolean,
  paint: Paint,
): string[] {
  if (status === "missing") return [`  ${paint("warn", "○")} ${compiler} is not installed`];
  if (status === "compiled") return [`  ${paint("good", "✔")} ${command}`];
  const why = refused.length === 0 ? [] : [`    ${compiler} refuses the headers of ${refused.join(" and of ")} by themselves, too`];
  return [
    `  ${paint("bad", "✖")} ${command}`,
    ...why,
    ...errors.slice(0, all ? errors.length : FEW_LINES).map((error) => `    ${printable(error)}`),
  ];
}
