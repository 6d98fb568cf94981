/** Owns the shim in the Markdown report. */
import type { RunReport } from "../../model/report.js";
import { count, plural } from "../figures.js";
import { leftFirst, shimPlace, shimShare, shimSize, shimTotal } from "../shim-coverage.js";
import { SHIM_MARKS } from "../vocabulary.js";
import { codeCell, details, md, mdTable } from "./escape.js";

const MOST_ITEMS = 20;

export function shimPart({ shim }: RunReport): string {
  if (shim === null) return "";
  const figures = `${shimSize(shim)}: ${shimShare(shim)} of ${plural(shimTotal(shim), "item")} generated, ${count(shim.handWritten)} by hand, ${count(shim.unsupported)} unsupported`;
  const items = leftFirst(shim);
  if (items.length === 0) return `**Shim**: ${md(figures)}`;
  const rows = items.slice(0, MOST_ITEMS).map((item) => {
    const mark = SHIM_MARKS[item.status];
    return [`${mark.glyph} ${mark.word}`, codeCell(item.name), md(item.reason), codeCell(shimPlace(item))];
  });
  const rest = items.length > MOST_ITEMS ? `\n\nand ${count(items.length - MOST_ITEMS)} more: see report.html` : "";
  const table = mdTable(["", "item", "why", "declared"], ["left", "left", "left", "left"], rows);
  return `**Shim**: ${md(figures)}\n\n${details(`${plural(items.length, "item")} not generated`, table + rest)}`;
}
