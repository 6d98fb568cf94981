/** Owns the use cases in the Markdown report. */
import type { RunReport } from "../../model/report.js";
import { plural } from "../figures.js";
import { jointSentence } from "../joint.js";
import { keyMetrics, useCaseViews, type MetricView, type UseCaseView } from "../metrics.js";
import { VERDICT_MARKS } from "../vocabulary.js";
import { details, md, mdTable } from "./escape.js";

const MOST = 100;

/** Use cases that are worse stand open; the others are folded. */
export function useCasesPart(report: RunReport): string {
  const views = useCaseViews(report);
  if (views.length === 0) return "";
  const bad = views.filter((view) => view.result.verdict === "worse" || view.result.verdict === "crashed");
  const good = views.filter((view) => !bad.includes(view));
  const open = bad.length === 0 ? "" : tableOf(bad);
  const folded = good.length === 0 ? "" : details(`${plural(good.length, "use case")} no worse`, tableOf(good));
  const joint = jointSentence(report);
  const together = joint === null ? "" : `${joint.glyph} ${md(joint.text)}`;
  return `**Use cases**\n\n${[open, folded, together].filter((text) => text !== "").join("\n\n")}`;
}

function tableOf(views: readonly UseCaseView[]): string {
  const rows = views.slice(0, MOST).map((view) => {
    const mark = VERDICT_MARKS[view.result.verdict];
    const metrics = keyMetrics(view.metrics, 3).map(metricText);
    return [
      md(view.result.name),
      `${mark.glyph} ${mark.word}`,
      [...metrics, md(view.result.detail)].filter((text) => text !== "").join("<br>"),
    ];
  });
  const table = mdTable(["use case", "verdict", "legacy → latest"], ["left", "left", "left"], rows);
  return views.length > MOST ? `${table}\n\nand ${views.length - MOST} more: see report.html` : table;
}

function metricText(metric: MetricView): string {
  const mark = VERDICT_MARKS[metric.verdict];
  const day = metric.measured ? " (this machine, this day)" : "";
  const change = [metric.change, mark.glyph, mark.word].filter((part) => part !== "").join(" ");
  return md(`${metric.name} ${metric.legacy} → ${metric.latest} ${metric.unit}, ${change}${day}`);
}
