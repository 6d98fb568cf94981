/** Owns the sizes in the Markdown report. */
import type { RunReport } from "../../model/report.js";
import { byteDelta, bytes } from "../figures.js";
import { SIZE_MEASURES, modeTitle, sizeRows, type SizeRow } from "../sizes.js";
import { md, mdTable } from "./escape.js";

const RIGHT = ["left", "right", "right", "right"] as const;

export function sizesPart(report: RunReport): string {
  if (report.sizes.length === 0) return "";
  const rows = sizeRows(report).map(cells);
  const note = report.sizes.some((size) => size.mode === "legacy") ? "\n\nSecond line: change over legacy only." : "";
  return `**Sizes**\n\n${mdTable(["program", ...SIZE_MEASURES], RIGHT, rows)}${note}${variants(report)}`;
}

function cells({ size, over }: SizeRow): string[] {
  const figures = SIZE_MEASURES.map((measure) =>
    over === null ? bytes(size[measure]) : `${bytes(size[measure])}<br>${delta(over[measure], size[measure])}`,
  );
  return [modeTitle(size.mode), ...figures];
}

function delta(from: number, to: number): string {
  const { absolute, relative } = byteDelta(from, to);
  return relative === null ? absolute : `${absolute} ${relative}`;
}

function variants(report: RunReport): string {
  const items = report.sizeVariants.map(
    (variant) => `- ${md(variant.name)} (${variant.mode}): ${bytes(variant.raw)} raw, ${bytes(variant.gzip)} gzip; ${md(variant.how)}`,
  );
  return items.length === 0 ? "" : `\n\n${items.join("\n")}`;
}
