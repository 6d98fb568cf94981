/** Owns the stage timeline of the terminal report. */
import type { RunReport } from "../../model/report.js";
import { printable } from "../../support/style.js";
import { duration } from "../figures.js";
import { STAGE_MARKS } from "../vocabulary.js";
import { marked, paragraph, sectionTable, type Section } from "./section.js";

export const stagesSection: Section = {
  title: (report) => `Stages (${duration(totalMs(report))} in all)`,
  lines: (report, page) => {
    const { stages, machine } = report.measured;
    if (stages.length === 0) return [];
    const longest = Math.max(...stages.map((stage) => stage.durationMs));
    const rows = stages.map((stage) => [
      marked(page, STAGE_MARKS[stage.status]),
      printable(stage.title),
      duration(stage.durationMs),
      page.paint("info", bar(stage.durationMs, longest, page.width < 110 ? 8 : 16)),
      printable(stage.summary),
    ]);
    return [...sectionTable(page, COLUMNS, rows), ...paragraph(page, `on ${machine}`).map((line) => page.paint("muted", line))];
  },
};

const COLUMNS = [
  { head: "" },
  { head: "", narrow: "wrap", least: 16 },
  { head: "", align: "right" },
  { head: "" },
  { head: "", narrow: "wrap", least: 16 },
] as const;

function totalMs(report: RunReport): number {
  return report.measured.stages.reduce((sum, stage) => sum + stage.durationMs, 0);
}

/** Eighths of a block, so that short stages still show. */
function bar(value: number, longest: number, width: number): string {
  const eighths = longest === 0 ? 0 : Math.max(1, Math.round((value / longest) * width * 8));
  const rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8] ?? "";
  return "█".repeat(Math.floor(eighths / 8)) + rest;
}
