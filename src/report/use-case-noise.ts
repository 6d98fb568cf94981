/** Owns what is told of noise as terminal text: what a calibration found, what a comparison could have seen, and where today is worse. */
import type { Calibration, MetricNoise, NoiseExcess } from "../model/calibration.js";
import type { MetricResult, UseCaseMeasurement } from "../model/use-case.js";
import { groupBy } from "../support/group-by.js";
import { printable } from "../support/style.js";
import type { Column } from "../support/table.js";
import { decimal, plural } from "./figures.js";
import { metricView } from "./metrics.js";
import { type Page, paragraph, sectionTable } from "./text/section.js";

/** A figure of one use case. */
interface Placed {
  readonly useCase: string;
  readonly size: number;
  readonly text: string;
}

/** The calibration, a line per metric over all use cases, and how often it saw a change where there is none. */
export function calibrationLines(useCases: Calibration["useCases"], file: string, page: Page): string[] {
  const byMetric = groupBy(
    useCases.flatMap(({ useCase, metrics }) => metrics.map((metric) => ({ useCase, metric }))),
    ({ metric }) => `${metric.name}\n${metric.relative}`,
  );
  const rows = [...byMetric.values()].map((noises) => {
    const sizes = inOrder(
      noises.map(({ useCase, metric }) => ({ useCase, size: metric.scatter, text: scatterText(metric, metric.scatter) })),
    );
    const carry = inOrder(noises.map(({ useCase, metric }) => ({ useCase, size: metric.carry, text: decimal(metric.carry, 2) })));
    return [printable(noises[0]?.metric.name ?? ""), middle(sizes).text, most(sizes), middle(carry).text];
  });
  if (rows.length === 0) return paragraph(page, "no metric depends on the machine's day: there is no noise to calibrate");
  const found = useCases.reduce((sum, each) => sum + each.falseChanges, 0);
  const metrics = useCases.reduce((sum, each) => sum + each.metrics.length, 0);
  const columns: Column[] = [
    { head: "metric", narrow: "wrap", least: 18 },
    { head: "scatter of a pair", align: "right" },
    { head: "most", narrow: "wrap", least: 18 },
    { head: "pair to next", align: "right" },
  ];
  return [
    page.paint("strong", `Noise of ${plural(useCases.length, "use case")}, kept in ${file}`),
    ...sectionTable(page, columns, rows),
    ...paragraph(page, `called worse or better, falsely: ${found} of ${plural(metrics, "metric")}`),
  ];
}

/** What this comparison would have called worse four times out of five: the smallest change, typically and at worst, metric by metric. */
export function powerLines(measurements: readonly UseCaseMeasurement[], page: Page): string[] {
  const seen = measurements.flatMap(({ id, metrics }) => metrics.flatMap((metric) => seenOf(id, metric)));
  if (seen.length === 0) return [];
  const parts = [...groupBy(seen, ({ name }) => name).values()].map((placed) => {
    const order = inOrder(placed);
    const tail = order.length === 1 ? "" : ` (at worst ${most(order)})`;
    return `${placed[0]?.name ?? ""}: ${middle(order).text}${tail}`;
  });
  return paragraph(page, `smallest loss this comparison would have called worse, four times out of five: ${parts.join("; ")}`);
}

/** One line per metric that scatters more than its calibration explains. */
export function excessLines(excess: readonly NoiseExcess[], page: Page): string[] {
  return excess.flatMap(({ useCase, metric, times }) =>
    paragraph(
      page,
      `${useCase}: ${printable(metric.name)} scatters ${decimal(times, 1)} times as much as when it was calibrated (${scatterText(metric, metric.scatter)} from pair to pair)`,
      `${page.paint("warn", "!")} `,
    ),
  );
}

function seenOf(useCase: string, metric: MetricResult): (Placed & { readonly name: string })[] {
  const text = metricView(metric, true).detectable;
  if (metric.statistics === undefined || text === "") return [];
  return [{ useCase, size: Math.abs(metric.statistics.detectable), text, name: printable(metric.name) }];
}

function scatterText({ relative, unit }: MetricNoise, scatter: number): string {
  return relative ? `${decimal(100 * Math.expm1(scatter), 2)} %` : `${decimal(scatter, 2)} ${printable(unit)}`.trim();
}

function inOrder(placed: readonly Placed[]): Placed[] {
  return placed.toSorted((a, b) => a.size - b.size);
}

function middle(order: readonly Placed[]): Placed {
  return order[Math.floor((order.length - 1) / 2)] ?? { useCase: "", size: 0, text: "" };
}

function most(order: readonly Placed[]): string {
  const last = order.at(-1);
  return last === undefined ? "" : `${last.text}, ${last.useCase}`;
}
