/** Owns the use-case table of the terminal report. */
import type { RunReport } from "../../model/report.js";
import { printable } from "../../support/style.js";
import type { Column } from "../../support/table.js";
import { count, plural } from "../figures.js";
import { jointSentence } from "../joint.js";
import { keyMetrics, useCaseViews, type MetricView, type UseCaseView } from "../metrics.js";
import { VERDICT_ORDER, groupSizes } from "../order.js";
import { VERDICT_MARKS } from "../vocabulary.js";
import { marked, paragraph, sectionTable, type Page, type Section } from "./section.js";

/** What the table is made of; a RunReport is such. */
export interface UseCaseFacts extends Pick<RunReport, "useCases" | "joint"> {
  readonly measured: Pick<RunReport["measured"], "useCases">;
}

export const useCasesSection: Section = { title: (report) => `Use cases (${report.useCases.length})`, lines: useCaseLines };

/** Verdicts counted, a table, what its marks mean. */
export function useCaseLines(report: UseCaseFacts, page: Page): string[] {
  if (report.useCases.length === 0) return [];
  const views = useCaseViews(report);
  const rows = views.map((view) => row(view, page));
  return [strip(views, page), ...sectionTable(page, columns(page), rows), ...legend(report, views, page), ...jointLines(report, page)];
}

function jointLines(report: UseCaseFacts, page: Page): string[] {
  const sentence = jointSentence(report);
  if (sentence === null) return [];
  return paragraph(page, sentence.text, `${page.paint(sentence.ok ? "good" : "bad", sentence.glyph)} `, undefined, 2);
}

function columns(page: Page): Column[] {
  return [
    { head: "use case", narrow: "wrap", least: isNarrow(page) ? 14 : 18 },
    { head: "verdict" },
    { head: "metric", narrow: isNarrow(page) ? "cut" : undefined, least: 17 },
    { head: "legacy → latest", align: "right" },
    { head: "change" },
  ];
}

/** On a narrow terminal the words beside the changes give way; their glyphs and the legend stay. */
function isNarrow(page: Page): boolean {
  return page.width < 90;
}

function strip(views: readonly UseCaseView[], page: Page): string {
  const groups = groupSizes(VERDICT_ORDER, views, (view) => view.result.verdict);
  return `  ${groups
    .map(({ key, size }) => page.paint(VERDICT_MARKS[key].tone, `${VERDICT_MARKS[key].glyph} ${count(size)} ${key}`))
    .join(", ")}`;
}

/** Two key metrics; all that are worse. */
function shownMetrics(view: UseCaseView): MetricView[] {
  const worse = view.metrics.filter((metric) => metric.verdict === "worse").length;
  return keyMetrics(view.metrics, Math.max(2, worse));
}

function row(view: UseCaseView, page: Page): string[] {
  const cells = shownMetrics(view).map((metric) => metricCells(metric, page));
  const name = printable(view.result.detail === "" ? view.result.name : `${view.result.name}: ${view.result.detail}`);
  return [
    name,
    marked(page, VERDICT_MARKS[view.result.verdict]),
    ...[0, 1, 2].map((column) => cells.map((cell) => cell[column] ?? "").join("\n")),
  ];
}

function metricCells(metric: MetricView, page: Page): string[] {
  const name = metric.name + (metric.measured ? "*" : "");
  return [name, `${metric.legacy} → ${metric.latest} ${metric.unit}`.trim(), changeText(metric, page)];
}

function changeText(metric: MetricView, page: Page): string {
  if (metric.verdict === "no worse") return page.paint("muted", metric.change);
  const { glyph, word, tone } = VERDICT_MARKS[metric.verdict];
  return page.paint(tone, [metric.change, glyph, ...(isNarrow(page) ? [] : [word])].filter((part) => part !== "").join(" "));
}

/** What the glyphs mean where their words are left out, and what the star means. */
function legend(report: UseCaseFacts, views: readonly UseCaseView[], page: Page): string[] {
  const glyphs = isNarrow(page) ? paragraph(page, "▲ better, ▼ worse, ≈ inconclusive, – not measured") : [];
  const starred = views.some((view) => shownMetrics(view).some((metric) => metric.measured));
  if (!starred) return glyphs;
  const worse = report.measured.useCases.filter((measurement) => measurement.metrics.some((metric) => metric.verdict === "worse")).length;
  const tail = worse === 0 ? "" : `; ${plural(worse, "use case")} worse there`;
  return [...glyphs, ...paragraph(page, `depends on the machine's day, does not change the verdict${tail}`, "* ")];
}
