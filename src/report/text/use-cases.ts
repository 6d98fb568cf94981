/** Owns the use-case table of the terminal report. */
import type { RunReport } from "../../model/report.js";
import { printable } from "../../support/style.js";
import { plural } from "../figures.js";
import { keyMetrics, useCaseViews, type MetricView, type UseCaseView } from "../metrics.js";
import { VERDICT_MARKS, VERDICT_ORDER } from "../vocabulary.js";
import { marked, paragraph, sectionTable, type Page, type Section } from "./section.js";

export const useCasesSection: Section = {
  title: (report) => `Use cases (${report.useCases.length})`,
  lines: (report, page) => {
    if (report.useCases.length === 0) return [];
    const views = useCaseViews(report);
    return [
      strip(views, page),
      ...sectionTable(
        page,
        columns(page),
        views.flatMap((view) => rows(view, page)),
      ),
      ...legend(report, page),
    ];
  },
};

function columns(page: Page) {
  return [
    { head: "use case", narrow: "wrap", least: 18 },
    { head: "verdict" },
    { head: "metric", narrow: page.width < 90 ? "cut" : undefined, least: 10 },
    { head: "legacy → latest", align: "right" },
    { head: "change" },
  ].map(({ narrow, ...column }) => (narrow === undefined ? column : { ...column, narrow })) as Parameters<typeof sectionTable>[1];
}

function strip(views: readonly UseCaseView[], page: Page): string {
  const groups = VERDICT_ORDER.map((verdict) => ({ verdict, size: views.filter((view) => view.result.verdict === verdict).length }));
  return `  ${groups
    .filter((group) => group.size > 0)
    .map((group) => page.paint(VERDICT_MARKS[group.verdict].tone, `${VERDICT_MARKS[group.verdict].glyph} ${group.size} ${group.verdict}`))
    .join(", ")}`;
}

/** Two key metrics; all that are worse. */
function rows(view: UseCaseView, page: Page): string[][] {
  const worse = view.metrics.filter((metric) => metric.verdict === "worse").length;
  const metrics = keyMetrics(view.metrics, Math.max(2, worse));
  const [first, ...rest] = metrics.map((metric) => metricCells(metric, page));
  const name = printable(view.result.detail === "" ? view.result.name : `${view.result.name}: ${view.result.detail}`);
  const verdict = marked(page, VERDICT_MARKS[view.result.verdict]);
  return [[name, verdict, ...(first ?? ["", "", ""])], ...rest.map((cells) => ["", "", ...cells])];
}

function metricCells(metric: MetricView, page: Page): string[] {
  const mark = VERDICT_MARKS[metric.verdict];
  const word =
    metric.verdict === "no worse"
      ? page.paint("muted", metric.change)
      : page.paint(mark.tone, `${metric.change} ${mark.glyph} ${mark.word}`.trim());
  const name = printable(metric.name) + (metric.measured ? "*" : "");
  return [name, `${metric.legacy} → ${metric.latest} ${printable(metric.unit)}`.trim(), word];
}

function legend(report: RunReport, page: Page): string[] {
  if (report.measured.useCases.length === 0) return [];
  const worse = report.measured.useCases.filter((measurement) => measurement.metrics.some((metric) => metric.verdict === "worse")).length;
  const tail = worse === 0 ? "" : `; ${plural(worse, "use case")} worse there`;
  return paragraph(page, `depends on the machine's day, does not change the verdict${tail}`, "* ");
}
