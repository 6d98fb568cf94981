/** Owns one experiment as terminal text: its plan, its ramp, its last decision, and what is known of a halt. */
import type { Decision } from "../../model/decision.js";
import type { Metric, Stage } from "../../model/experiment.js";
import type { StoredAttribution } from "../../model/halt-attribution.js";
import type { Phase, Ramp } from "../../model/ramp.js";
import { painter, printable } from "../../support/style.js";
import type { Column } from "../../support/table.js";
import { count } from "../figures.js";
import type { ReportOptions } from "../options.js";
import { type Page, marked, paragraph, sectionTable } from "../text/section.js";
import { attributionLines } from "./attribution.js";
import { decisionLines } from "./decision.js";
import { minute, percent, short } from "./figures.js";
import type { ListedExperiment } from "./list.js";
import { RAMP_MARKS } from "./marks.js";

export interface ShownExperiment extends ListedExperiment {
  readonly decision: Decision | null;
  readonly attributions: readonly StoredAttribution[];
}

export function experimentText(shown: ShownExperiment, options: ReportOptions): string {
  const page: Page = { paint: painter(options.color), width: Math.min(120, Math.max(60, options.width)) };
  const { experiment, ramp, decision, attributions } = shown;
  const { from, to, unit, aa, useCase, dependsOn } = experiment;
  const pair = aa ? `A/A of ${from.flavor} ${from.release}` : `${from.flavor} ${from.release} → ${to.flavor} ${to.release}`;
  return [
    `${page.paint("strong", printable(experiment.id))}: ${marked(page, RAMP_MARKS[ramp.state])}`,
    ...paragraph(page, `use case ${useCase} · ${pair} · by ${unit}${dependsOn.length === 0 ? "" : ` · after ${dependsOn.join(", ")}`}`),
    ...stoppedLines(ramp, page),
    "",
    ...rampLines(experiment.stages, ramp, page),
    "",
    ...sectionTable(
      page,
      METRIC_COLUMNS,
      experiment.metrics.map((metric) => metricRow(metric)),
    ),
    ...(decision === null ? [] : ["", ...decisionLines(decision, page)]),
    ...(attributions.length === 0 ? [] : ["", ...attributionLines(attributions, page)]),
  ].join("\n");
}

function stoppedLines({ stopped, confirmed, state }: Ramp, page: Page): string[] {
  if (stopped === undefined) return [];
  const seen =
    state !== "halted" && state !== "rolled-back"
      ? ""
      : confirmed === undefined
        ? "; not seen in exposures yet"
        : `; seen in exposures ${minute(confirmed)}`;
  return paragraph(page, `${minute(stopped.at)} UTC by ${stopped.by}: ${stopped.reason}${seen}`);
}

/** The stages, each with its phases. */
export function rampLines(stages: readonly Stage[], ramp: Ramp, page: Page): string[] {
  const now = ramp.phases.at(-1);
  const rows = stages.map((stage, index) => {
    const phases = ramp.phases.filter((phase) => phase.stage === index);
    const isNow = now?.stage === index && now.ended === undefined;
    const mark = isNow
      ? page.paint("info", "▶")
      : phases.length > 0
        ? now?.stage === index && (ramp.state === "halted" || ramp.state === "rolled-back")
          ? page.paint("bad", RAMP_MARKS[ramp.state].glyph)
          : page.paint("good", "✔")
        : ramp.pending?.stage === index
          ? page.paint("warn", "✎")
          : " ";
    return [mark, percent(stage.percent), gateText(stage), phases.map(phaseText).join(", ") || pendingText(ramp, index)];
  });
  return sectionTable(page, STAGE_COLUMNS, rows);
}

const STAGE_COLUMNS: readonly Column[] = [
  { head: "" },
  { head: "stage", align: "right" },
  { head: "gate behind it", narrow: "cut", least: 14 },
  { head: "phases (UTC)", narrow: "wrap", least: 20 },
];

function gateText({ percent: share, minExposures, minHours, marginFactor }: Stage): string {
  if (share >= 100) return "–";
  return `${count(minExposures)} units, ${String(minHours)} h${marginFactor === 1 ? "" : `, margin × ${String(marginFactor)}`}`;
}

function phaseText({ phase, began, ended }: Phase): string {
  return `${String(phase)}: ${minute(began)} – ${ended === undefined ? "now" : minute(ended)}`;
}

function pendingText({ pending }: Ramp, index: number): string {
  return pending?.stage === index ? `waits for a signature since ${minute(pending.at)}${pending.override ? ", without its gate" : ""}` : "";
}

const METRIC_COLUMNS: readonly Column[] = [
  { head: "metric", narrow: "cut", least: 10 },
  { head: "kind" },
  { head: "role" },
  { head: "better" },
  { head: "margin", align: "right" },
  { head: "planned units", align: "right" },
];

function metricRow({ name, kind, q, role, better, margin, plannedUnits }: Metric): string[] {
  const named = q === undefined ? kind : `${kind} ${String(q)}`;
  return [printable(name), named, role, better, short(margin), plannedUnits === undefined ? "–" : count(plannedUnits)];
}
