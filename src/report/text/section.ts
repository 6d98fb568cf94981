/** Owns what a section of the terminal report is, and what sections share. */
import type { RunReport } from "../../model/report.js";
import { printable, type Paint } from "../../support/style.js";
import { table, visibleWidth, wrap, type Column } from "../../support/table.js";
import type { Mark } from "../vocabulary.js";

export interface Page {
  readonly paint: Paint;
  /** Columns. */
  readonly width: number;
}

export interface Section {
  readonly title: (report: RunReport) => string;
  /** None when there is nothing to show: the section is left out. */
  readonly lines: (report: RunReport, page: Page) => string[];
}

const INDENT = 2;

/** "✔ clean" in its tone. */
export function marked(page: Page, mark: Mark): string {
  return page.paint(mark.tone, `${mark.glyph} ${mark.word}`);
}

/** A table of the section; all plain text in `rows` must have gone through `printable`. */
export function sectionTable(page: Page, columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  return table(columns, rows, { width: page.width, indent: INDENT, paintHead: (text) => page.paint("muted", text) });
}

/** A paragraph of foreign text, hung after `lead`; `lead` may be painted. */
export function paragraph(page: Page, text: string, lead = "", indent = INDENT, leadWidth = visibleWidth(lead)): string[] {
  const blanks = " ".repeat(indent);
  const lines = wrap(printable(text), page.width - indent - leadWidth);
  return lines.map((line, index) => blanks + (index === 0 ? lead : " ".repeat(leadWidth)) + line);
}
