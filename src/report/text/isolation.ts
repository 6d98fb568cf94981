/** Owns the isolation part of the terminal report. */
import type { RunReport } from "../../model/report.js";
import { printable } from "../../support/style.js";
import { count, plural } from "../figures.js";
import { paragraph, sectionTable, type Page, type Section } from "./section.js";

type Isolation = RunReport["isolation"][number];

export const isolationSection: Section = {
  title: () => "Isolation",
  lines: (report, page) => {
    if (report.isolation.length === 0) return [];
    const renamed = report.isolation.flatMap((result) => namespaceLines(result, page));
    return [...sectionTable(page, COLUMNS, report.isolation.map(row)), ...renamed, ...undecided(report, page)];
  },
};

const COLUMNS = [
  { head: "flavor" },
  { head: "release", narrow: "cut" },
  { head: "files changed", align: "right" },
  { head: "tokens changed", align: "right" },
  { head: "namespaces", align: "right" },
  { head: "global names", align: "right" },
] as const;

function row(result: Isolation): string[] {
  return [
    printable(result.flavor),
    printable(result.release),
    `${count(result.changedFiles)} of ${count(result.files)}`,
    count(result.edits),
    count(result.namespaces.length),
    count(result.names.length),
  ];
}

function namespaceLines(result: Isolation, page: Page): string[] {
  if (result.namespaces.length === 0) return [];
  return paragraph(page, result.namespaces.map(({ from, to }) => `${from} → ${to}`).join(", "));
}

function undecided(report: RunReport, page: Page): string[] {
  const total = report.isolation.reduce((sum, result) => sum + result.undecided.length, 0);
  if (total === 0) return [];
  const first = report.isolation.flatMap((result) => result.undecided)[0];
  const example = first === undefined ? "" : `, as ${first.token} in ${first.file}:${first.line} (${first.why})`;
  return paragraph(page, `${plural(total, "token")} left undecided${example}`, page.paint("warn", "▲ "));
}
