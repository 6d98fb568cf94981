/** Owns the shim part of the terminal report: what is generated, by hand, and left. */
import type { ShimItem } from "../../model/shim-manifest.js";
import { printable } from "../../support/style.js";
import { count, plural } from "../figures.js";
import { leftFirst, shimPlace, shimShare, shimSize, shimTotal } from "../shim-coverage.js";
import { SHIM_MARKS } from "../vocabulary.js";
import { marked, paragraph, sectionTable, type Page, type Section } from "./section.js";

const MOST_ITEMS = 10;

export const shimSection: Section = {
  title: () => "Shim",
  lines: ({ shim }, page) => {
    if (shim === null) return [];
    const figures = `${shimSize(shim)}: ${shimShare(shim)} of ${plural(shimTotal(shim), "item")} generated, ${count(shim.handWritten)} by hand, ${count(shim.unsupported)} unsupported`;
    const items = leftFirst(shim);
    const rest = items.length - MOST_ITEMS;
    return [
      ...paragraph(page, figures),
      ...(items.length === 0
        ? []
        : sectionTable(
            page,
            COLUMNS,
            items.slice(0, MOST_ITEMS).map((item) => row(item, page)),
          )),
      ...(rest > 0 ? paragraph(page, `and ${count(rest)} more: all are in report.json and report.html`) : []),
    ];
  },
};

const COLUMNS = [
  { head: "not generated" },
  { head: "item", narrow: "wrap", least: 20 },
  { head: "why", narrow: "wrap", least: 20 },
  { head: "declared", narrow: "cut", least: 12 },
] as const;

function row(item: ShimItem, page: Page): string[] {
  return [marked(page, SHIM_MARKS[item.status]), printable(item.name), printable(item.reason), printable(shimPlace(item))];
}
