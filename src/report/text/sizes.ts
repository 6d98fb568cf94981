/** Owns the size table of the terminal report. */
import { printable } from "../../support/style.js";
import { byteDelta, bytes } from "../figures.js";
import { SIZE_MEASURES, modeTitle, sizeRows, type SizeRow } from "../sizes.js";
import type { RunReport } from "../../model/report.js";
import { sectionTable, type Page, type Section } from "./section.js";

export const sizesSection: Section = {
  title: () => "Sizes",
  lines: (report, page) => {
    if (report.sizes.length === 0) return [];
    return [
      ...sectionTable(
        page,
        COLUMNS,
        sizeRows(report).flatMap((row) => rowsOf(row, page)),
      ),
      ...variants(report, page),
    ];
  },
};

const COLUMNS = [
  { head: "program", narrow: "cut", least: 11 },
  { head: "raw", align: "right" },
  { head: "stripped", align: "right" },
  { head: "gzip", align: "right" },
] as const;

/** The sizes; for the dual program also what it costs over the legacy one, as bloaty says it. */
function rowsOf({ size, over }: SizeRow, page: Page): string[][] {
  const first = [
    page.paint(size.mode === "dual" ? "strong" : "plain", modeTitle(size.mode)),
    ...SIZE_MEASURES.map((measure) => bytes(size[measure])),
  ];
  if (over === null || size.mode !== "dual") return [first];
  const deltas = SIZE_MEASURES.map((measure) => byteDelta(over[measure], size[measure]));
  return [
    first,
    ["  over legacy", ...deltas.map((delta) => page.paint("info", delta.absolute))],
    ["", ...deltas.map((delta) => page.paint("info", delta.relative ?? ""))],
  ];
}

const VARIANT_COLUMNS = [
  { head: "another way to build", narrow: "wrap", least: 16 },
  { head: "mode" },
  { head: "raw", align: "right" },
  { head: "gzip", align: "right" },
  { head: "how known", narrow: "wrap", least: 14 },
] as const;

function variants(report: RunReport, page: Page): string[] {
  if (report.sizeVariants.length === 0) return [];
  const rows = report.sizeVariants.map((variant) => [
    printable(variant.name),
    variant.mode,
    bytes(variant.raw),
    bytes(variant.gzip),
    printable(variant.how),
  ]);
  return ["", ...sectionTable(page, VARIANT_COLUMNS, rows)];
}
