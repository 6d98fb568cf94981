/** Owns the use-case table of the terminal report. */
import type { RunReport } from "../../model/report.js";
import { printable } from "../../support/style.js";
import type { Column } from "../../support/table.js";
import { count, plural } from "../figures.js";
import { keyMetrics, useCaseViews, type MetricView, type UseCaseView } from "../metrics.js";
import { VERDICT_ORDER, groupSizes } from "../order.js";
import { VERDICT_MARKS } from "../vocabulary.js";
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
        views.map((view) => row(view, page)),
      ),
      ...legend(report, page),
    ];
  },
};

function columns(page: Page): Column[] {
  return [
    { head: "use case", narrow: "wrap", least: 18 },
    { head: "verdict" },
    { head: "metric", narrow: page.width < 90 ? "cut" : undefined, least: 10 },
    { head: "legacy → latest", align: "right" },
    { head: "change" },
  ];
}

function strip(views: readonly UseCaseView[], page: Page): string {
  const groups = groupSizes(VERDICT_ORDER, views, (view) => view.result.verdict);
  return `  ${groups
    .map(({ key, size }) => page.paint(VERDICT_MARKS[key].tone, `${VERDICT_MARKS[key].glyph} ${count(size)} ${key}`))
    .join(", ")}`;
}

/** Two key metrics; all that are worse. */
function row(view: UseCaseView, page: Page): string[] {
  const worse = view.metrics.filter((metric) => metric.verdict === "worse").length;
  const cells = keyMetrics(view.metrics, Math.max(2, worse)).map((metric) => metricCells(metric, page));
  const name = printable(view.result.detail === "" ? view.result.name : `${view.result.name}: ${view.result.detail}`);
  return [
    name,
    marked(page, VERDICT_MARKS[view.result.verdict]),
    ...[0, 1, 2].map((column) => cells.map((cell) => cell[column] ?? "").join("\n")),
  ];
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
