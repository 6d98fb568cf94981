/**
 * Owns the judgement of figures: better, no worse or worse, by direction, non-inferiority margin and limit. Those that scatter from
 * run to run are judged by `judge-pairs.ts`.
 */
import type { Metric, MetricResult, Verdict } from "../model/use-case.js";

/** Values of one metric per flavor; runs of one index are a pair. Null: the run gave no number. */
export interface Samples {
  readonly legacy: readonly (number | null)[];
  readonly latest: readonly (number | null)[];
}

/** Judges a metric that does not scatter, by its median (all runs of a flavor give the same). */
export function judgeMetric(metric: Metric, samples: Samples): MetricResult {
  const { legacy, latest } = mediansOf(samples);
  return {
    ...metricResult(metric, samples),
    verdict: verdictWithout(metric, legacy, latest) ?? byMargin(metric, legacy ?? 0, latest ?? 0),
  };
}

/** What is told of a metric beside its verdict: its description, and the median of each flavor. */
export function metricResult(metric: Metric, samples: Samples): Omit<MetricResult, "verdict"> {
  const { id, name, unit, direction, margin, relative } = metric;
  return { id, name, unit, direction, margin, relative, ...mediansOf(samples) };
}

function mediansOf(samples: Samples): Pick<MetricResult, "legacy" | "latest"> {
  return { legacy: median(samples.legacy), latest: median(samples.latest) };
}

/** The worst of its metrics; "better" only when one is better and all are settled. Not measured ones say nothing. */
export function overallVerdict(metrics: readonly Pick<MetricResult, "verdict">[]): Verdict {
  const order = ["worse", "inconclusive", "better"] as const;
  return order.find((verdict) => metrics.some((metric) => metric.verdict === verdict)) ?? "no worse";
}

/**
 * The verdict where a figure is missing or (for one that does not scatter) the limit is broken; else undefined: the change decides. A
 * figure that only the latest flavor fails to give is a loss; one that legacy never gave cannot be compared.
 */
function verdictWithout(metric: Metric, legacy: number | null, latest: number | null): MetricResult["verdict"] | undefined {
  const missing = missingVerdict(legacy, latest);
  if (missing === "worse" || latest === null) return missing;
  return breaksLimit(metric, latest) ? "worse" : missing;
}

/** "worse" or "not measured" where a flavor gives no figure; undefined where both do. */
export function missingVerdict(legacy: number | null, latest: number | null): "worse" | "not measured" | undefined {
  if (latest === null) return legacy === null ? "not measured" : "worse";
  return legacy === null ? "not measured" : undefined;
}

function byMargin(metric: Metric, legacy: number, latest: number): MetricResult["verdict"] {
  const gain = gainOf(metric, legacy, latest);
  if (Math.abs(gain) <= marginIn(metric, Math.abs(legacy))) return "no worse";
  return gain < 0 ? "worse" : "better";
}

/** The margin in the metric's unit, for a legacy value of this size. */
export function marginIn(metric: Metric, legacy: number): number {
  return metric.relative ? (legacy * metric.margin) / 100 : metric.margin;
}

/**
 * How much better the latest value is, in the metric's unit; negative when it is worse. For direction
 * `target` the distance to the target is what should shrink.
 */
export function gainOf(metric: Metric, legacy: number, latest: number): number {
  if (metric.direction === "higher") return latest - legacy;
  if (metric.direction === "lower") return legacy - latest;
  const target = metric.target ?? 0;
  return Math.abs(legacy - target) - Math.abs(latest - target);
}

/** True when the value breaks the hard bound: a floor, a ceiling, or for `target` the greatest distance. */
export function breaksLimit(metric: Metric, value: number): boolean {
  if (metric.limit === undefined) return false;
  if (metric.direction === "higher") return value < metric.limit;
  if (metric.direction === "lower") return value > metric.limit;
  return Math.abs(value - (metric.target ?? 0)) > metric.limit;
}

/** The middle of the finite values (mean of the two middle ones when even), or null when there is none. */
export function median(values: readonly (number | null)[]): number | null {
  const finite = values.filter((value) => value !== null && Number.isFinite(value)) as number[];
  const sorted = finite.toSorted((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.floor(sorted.length / 2)];
  if (low === undefined || high === undefined) return null;
  return low + (high - low) / 2;
}
