/** Owns the comparison of a metric between the flavors as it is shown: values in one fitting unit, change, word. */
import type { RunReport } from "../model/report.js";
import type { MetricResult, UseCaseResult, Verdict } from "../model/use-case.js";
import { printable } from "../support/style.js";
import { decimal, signed } from "./figures.js";
import { VERDICT_ORDER } from "./order.js";

/** A metric as text on one line. */
export interface MetricView {
  readonly id: string;
  readonly name: string;
  readonly legacy: string;
  readonly latest: string;
  readonly unit: string;
  /** "+2.2 dB" or "−12.5 %"; empty when one side is missing. */
  readonly change: string;
  /** How much worse the latest flavor may be: "0.5 dB" or "10 %". */
  readonly margin: string;
  readonly verdict: MetricResult["verdict"];
  /** From a measurement that depends on the machine's day. */
  readonly measured: boolean;
  /** Of a measured one: "−1.2 % … +0.4 % (95 %, 8 pairs)"; empty where there are too few pairs. */
  readonly interval: string;
  /** The smallest change for the worse that this comparison would have found: "3.1 %"; empty as above. */
  readonly detectable: string;
}

/** A use case with both its steady and its measured metrics. */
export interface UseCaseView {
  readonly result: UseCaseResult;
  readonly metrics: readonly MetricView[];
  /** Verdict over all metrics when it differs from the result's own; null otherwise. */
  readonly measuredVerdict: Verdict | null;
  /** What needs a decision first: the verdict over all metrics where there is one, else the result's own. */
  readonly shown: Verdict;
  readonly repeats: number | null;
}

export interface UseCaseReport extends Pick<RunReport, "useCases"> {
  readonly measured: Pick<RunReport["measured"], "useCases">;
}

/** All use cases, those that need a look first, else in the report's order. */
export function useCaseViews(report: UseCaseReport): UseCaseView[] {
  return report.useCases.map((result) => viewOf(result, report.measured)).toSorted((a, b) => rank(a) - rank(b));
}

function viewOf(result: UseCaseResult, measured: UseCaseReport["measured"]): UseCaseView {
  const measurement = measured.useCases.find((candidate) => candidate.id === result.id);
  const known = new Set(result.metrics.map((metric) => metric.id));
  const extra = (measurement?.metrics ?? []).filter((metric) => !known.has(metric.id));
  return {
    result,
    metrics: [...result.metrics.map((metric) => metricView(metric, false)), ...extra.map((metric) => metricView(metric, true))],
    measuredVerdict: measurement === undefined || measurement.verdict === result.verdict ? null : measurement.verdict,
    shown: measurement?.verdict ?? result.verdict,
    repeats: measurement?.repeats ?? null,
  };
}

/** By the verdict; what is so on every day before what is only so by this day's measurement. */
function rank({ shown, result }: UseCaseView): number {
  return 2 * VERDICT_ORDER.indexOf(shown) + (result.verdict === shown ? 0 : 1);
}

/** Up to `most` metrics: what is worse, then what is better, then the rest, each in the order given. */
export function keyMetrics(metrics: readonly MetricView[], most: number): MetricView[] {
  const order: readonly MetricResult["verdict"][] = ["worse", "better", "inconclusive", "no worse", "not measured"];
  return metrics.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict)).slice(0, most);
}

export function metricView(metric: MetricResult, measured: boolean): MetricView {
  const scale = scaleOf(metric);
  const digits = digitsFor(metric, scale.divisor);
  const show = (value: number | null) => (value === null ? "–" : decimal(value / scale.divisor, digits));
  return {
    id: metric.id,
    name: printable(metric.name),
    legacy: show(metric.legacy),
    latest: show(metric.latest),
    unit: scale.unit,
    change: changeOf(metric, scale, digits),
    margin: marginOf(metric, scale),
    verdict: metric.verdict,
    measured,
    ...pairTexts(metric, scale),
  };
}

function pairTexts({ statistics }: MetricResult, scale: Scale): Pick<MetricView, "interval" | "detectable"> {
  if (statistics === undefined) return { interval: "", detectable: "" };
  const divisor = statistics.relative ? 1 : scale.divisor;
  const unit = statistics.relative ? "%" : scale.unit;
  const ends = [statistics.low, statistics.high].map((end) => signed(decimal(end / divisor, 2)));
  return {
    interval: `${ends.join(" … ")} ${unit} (95 %, ${statistics.pairs} pairs)`,
    detectable: `${decimal(Math.abs(statistics.detectable) / divisor, 2)} ${unit}`.trim(),
  };
}

interface Scale {
  readonly unit: string;
  readonly divisor: number;
}

/** Larger units for large values: ns → µs → ms → s, B → KiB → MiB. */
const LADDERS: readonly (readonly Scale[])[] = [
  [
    { unit: "ns", divisor: 1 },
    { unit: "µs", divisor: 1e3 },
    { unit: "ms", divisor: 1e6 },
    { unit: "s", divisor: 1e9 },
  ],
  [
    { unit: "B", divisor: 1 },
    { unit: "KiB", divisor: 1024 },
    { unit: "MiB", divisor: 1024 ** 2 },
    { unit: "GiB", divisor: 1024 ** 3 },
  ],
];

const UNIT_ALIASES: Readonly<Record<string, string>> = { us: "µs", bytes: "B", byte: "B" };

function scaleOf(metric: MetricResult): Scale {
  const unit = UNIT_ALIASES[metric.unit] ?? printable(metric.unit);
  const ladder = LADDERS.find((steps) => steps.some((step) => step.unit === unit));
  const own = ladder?.find((step) => step.unit === unit);
  if (ladder === undefined || own === undefined) return { unit, divisor: 1 };
  const least = smallestOf(metric) * own.divisor;
  const step = ladder.findLast((candidate) => candidate.divisor >= own.divisor && least >= candidate.divisor) ?? own;
  return { unit: step.unit, divisor: step.divisor / own.divisor };
}

function smallestOf(metric: MetricResult): number {
  const values = [metric.legacy, metric.latest].filter((value) => value !== null).map(Math.abs);
  return values.length === 0 ? 0 : Math.min(...values);
}

/** Three significant digits of the larger value; more, up to two, where the two values would read alike. */
function digitsFor(metric: MetricResult, divisor: number): number {
  const values = [metric.legacy, metric.latest].filter((value) => value !== null).map((value) => value / divisor);
  if (values.every((value) => Number.isInteger(value))) return 0;
  const largest = Math.max(...values.map(Math.abs));
  const base = largest >= 100 ? 0 : largest >= 10 ? 1 : 2;
  const [a, b] = values;
  if (a === undefined || b === undefined || a === b) return base;
  const apart = [base, base + 1, base + 2].find((digits) => a.toFixed(digits) !== b.toFixed(digits));
  return apart ?? base;
}

/** In percent for plain quantities; in the unit itself for levels (dB), scores, percentages, and where legacy is 0. */
function changeOf(metric: MetricResult, scale: Scale, digits: number): string {
  if (metric.legacy === null || metric.latest === null) return "";
  if (metric.latest === metric.legacy) return "same";
  const difference = metric.latest - metric.legacy;
  if (/dB|LU|%|MOS|STOI/i.test(scale.unit) || metric.legacy === 0)
    return `${signed(decimal(difference / scale.divisor, digits))} ${scale.unit}`.trim();
  return signed(`${decimal((difference / Math.abs(metric.legacy)) * 100, 1)} %`);
}

function marginOf(metric: MetricResult, scale: Scale): string {
  if (metric.relative) return `${trimmed(metric.margin)} %`;
  return `${trimmed(metric.margin / scale.divisor)} ${scale.unit}`.trim();
}

function trimmed(value: number): string {
  return decimal(value, 3).replace(/\.?0+$/, "");
}
