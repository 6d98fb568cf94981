/** Owns the first lines of the terminal report: the headline and what needs a person. */
import type { RunReport } from "../../model/report.js";
import { printable } from "../../support/style.js";
import { visibleWidth, wrap } from "../../support/table.js";
import { headlineParts } from "../headline.js";
import { gateMark } from "../vocabulary.js";
import { paragraph, type Page, type Section } from "./section.js";

/** The headline, broken only at its dots where it fits so, and the gate. */
export function headlineLines(report: RunReport, page: Page): string[] {
  const parts = headlineParts(report).map((part) => part.map((span) => page.paint(span.tone, printable(span.text))).join(""));
  const gate = gateMark(report);
  const state = page.paint(gate.tone, `${gate.glyph} ${gate.word}`);
  return [...brokenAtDots(parts, page.width), `${state} ${page.paint("muted", printable(`· ${report.tool.name} ${report.tool.version}`))}`];
}

function brokenAtDots(parts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && visibleWidth(last) + 3 + visibleWidth(part) <= width) lines[lines.length - 1] = `${last} · ${part}`;
    else lines.push(last === undefined ? part : `· ${part}`);
  }
  return lines.flatMap((line) => wrap(line, width));
}

export const needsYouSection: Section = {
  title: (report) => `Needs you (${report.needsYou.length})`,
  lines: (report, page) => report.needsYou.flatMap((need, index) => needLines(need, index, report.needsYou[index + 1]?.command, page)),
};

/** Neighbours with one command show it once, after the last; a command stands on one line, so that it can be pasted. */
function needLines(need: RunReport["needsYou"][number], index: number, following: string | undefined, page: Page): string[] {
  const number = `${index + 1}. `;
  const what = paragraph(page, need.what, page.paint("warn", number), 2);
  const command =
    need.command === "" || need.command === following
      ? []
      : [`${" ".repeat(2 + number.length)}${page.paint("muted", "$ ")}${printable(need.command)}`];
  return [...what, ...command];
}
