/** Owns the report as Markdown for a pull-request comment: the verdict first, the long parts folded. */
import type { RunReport } from "../model/report.js";
import { dependenciesMarkdown } from "./dependencies.js";
import { duration } from "./figures.js";
import { auditPart, isolationPart } from "./markdown/audit.js";
import { code, details, md, mdTable, shellBlock } from "./markdown/escape.js";
import { featuresPart } from "./markdown/features.js";
import { securityPart } from "./markdown/security.js";
import { shimPart } from "./markdown/shim.js";
import { sizesPart } from "./markdown/sizes.js";
import { useCasesPart } from "./markdown/use-cases.js";
import { STAGE_MARKS, gateMark } from "./vocabulary.js";

const PARTS: readonly ((report: RunReport) => string)[] = [
  opening,
  needsYou,
  featuresPart,
  useCasesPart,
  sizesPart,
  auditPart,
  shimPart,
  securityPart,
  dependenciesMarkdown,
  isolationPart,
  stages,
  commands,
  notChecked,
];

/** GitHub takes 65,536 characters in a comment: lists of findings and use cases are cut with a word on where the rest is. */
export function markdownReport(report: RunReport): string {
  return `${PARTS.map((part) => part(report))
    .filter((text) => text !== "")
    .join("\n\n")}\n`;
}

function opening(report: RunReport): string {
  const gate = gateMark(report);
  return `### ${gate.glyph} ${md(report.library)} ${md(report.from)} → ${md(report.to)}: ${gate.word}\n\n${md(report.headline)}`;
}

function needsYou(report: RunReport): string {
  if (report.needsYou.length === 0) return "";
  const items = report.needsYou.map(
    (need, index) => `${index + 1}. ${md(need.what)}${need.command === "" ? "" : `<br>${code(need.command)}`}`,
  );
  return `**Needs you**\n\n${items.join("\n")}`;
}

function stages(report: RunReport): string {
  const rows = report.measured.stages.map((stage) => [
    `${STAGE_MARKS[stage.status].glyph} ${STAGE_MARKS[stage.status].word}`,
    md(stage.title),
    duration(stage.durationMs),
    md(stage.summary),
  ]);
  if (rows.length === 0) return "";
  const total = duration(report.measured.stages.reduce((sum, stage) => sum + stage.durationMs, 0));
  const table = mdTable(["", "stage", "time", "result"], ["left", "left", "right", "left"], rows);
  return details(`Stages: ${total}`, `${table}\n\non ${md(report.measured.machine)}`);
}

function commands(report: RunReport): string {
  if (report.commands.length === 0) return "";
  return details("Commands that repeat this", shellBlock(report.commands.map(({ stage, command }) => `${command}  # ${stage}`)));
}

function notChecked(report: RunReport): string {
  if (report.notChecked.length === 0) return "";
  return details(`Not checked (${report.notChecked.length})`, report.notChecked.map((what) => `- ${md(what)}`).join("\n"));
}
