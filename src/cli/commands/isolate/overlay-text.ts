/** Owns the report of an overlay as text. */
import type { OverlayLimit, OverlayReport } from "../../../model/isolation-overlay.js";
import { type Paint, painter, printable } from "../../../support/style.js";
import { table } from "../../../support/table.js";

export interface OverlayTextOptions {
  readonly color: boolean;
  readonly width: number;
  /** Every place and every name instead of the first ones. */
  readonly all: boolean;
}

const FEW = 20;

export function overlayText(report: OverlayReport, options: OverlayTextOptions): string {
  const paint = painter(options.color);
  return [...nameLines(report), ...flagLines(report, paint), ...limitLines(report, options, paint)].join("\n");
}

function nameLines({ names, flavor }: OverlayReport): string[] {
  const count = (means: string, isSpace: boolean): number =>
    names.filter((name) => name.means === means && (name.kind === "namespace") === isSpace).length;
  const spaces = names.filter(({ kind }) => kind === "namespace").map(({ from, to }) => `${from} → ${to}`);
  const parts = [
    `${count("macro", false)} names by macro`,
    `${count("pragma", false)} by #pragma redefine_extname`,
    ...(count("none", false) > 0 ? [`${count("none", false)} kept`] : []),
  ];
  return [`overlay of flavor ${flavor}: ${parts.join(", ")}`, spaces.length === 0 ? "no namespace" : `namespaces: ${spaces.join(", ")}`];
}

function flagLines({ flags, files, systemSeenBy }: OverlayReport, paint: Paint): string[] {
  return [
    "",
    paint("strong", "compile the library, and what includes its headers, with"),
    ...flagLine("C, C++", flags.cxx),
    ...flagLine("gas   ", flags.gas),
    ...flagLine("nasm  ", flags.nasm),
    `  or @${printable(files.response)}, or the target of ${printable(files.cmake)}`,
    ...(systemSeenBy === null
      ? [`${paint("warn", "○")} no compiler is installed: the system's own uses of these words were not looked for`]
      : []),
  ];
}

function flagLine(language: string, words: readonly string[]): string[] {
  return words.length === 0 ? [] : [`  ${language}  ${printable(words.join(" "))}`];
}

function limitLines({ limits }: OverlayReport, { width, all }: OverlayTextOptions, paint: Paint): string[] {
  const shown = all ? limits : limits.slice(0, FEW);
  const columns = [
    { head: "word" },
    { head: "what the overlay cannot do here", narrow: "wrap" as const, least: 30 },
    { head: "where", narrow: "wrap" as const, least: 24 },
  ];
  const rows = shown.map((limit) => [limit.word ?? "", printable(limit.what), whereCell(limit, all)]);
  const more = limits.length > shown.length ? [`and ${limits.length - shown.length} more (--verbose shows all)`] : [];
  return ["", ...table(columns, rows, { width, paintHead: (text) => paint("strong", text) }), ...more];
}

function whereCell({ places, count }: OverlayLimit, all: boolean): string {
  const shown = places.slice(0, all ? places.length : 1).map(({ file, line }) => `${printable(file)}:${line}`);
  return shown.join(" ") + (count > shown.length ? ` +${count - shown.length}` : "");
}
