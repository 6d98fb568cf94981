/**
 * Owns the judgement of figures: better, no worse or worse, by direction, non-inferiority margin and limit.
 *
 * A deterministic metric has one value per flavor and is judged by that. A measured one (CPU, memory) has one
 * value per run: the medians are compared, and a change counts only when at least three quarters of the pairs
 * went the same way. This keeps one bad run from deciding; it is no claim of statistical significance.
 */
import type { Metric, MetricResult, Verdict } from "../model/use-case.js";

/** Values of one metric per flavor; runs of one index are a pair. Null: the run gave no number. */
export interface Samples {
  readonly legacy: readonly (number | null)[];
  readonly latest: readonly (number | null)[];
}

/** Judges one metric over its runs. */
export function judgeMetric(metric: Metric, samples: Samples): MetricResult {
  const legacy = median(samples.legacy);
  const latest = median(samples.latest);
  return {
    id: metric.id,
    name: metric.name,
    unit: metric.unit,
    direction: metric.direction,
    margin: metric.margin,
    relative: metric.relative,
    legacy,
    latest,
    verdict: verdictOf(metric, legacy, latest, samples),
  };
}

/** The worst of its metrics; "better" only when one is better and none is worse. Not measured ones say nothing. */
export function overallVerdict(metrics: readonly Pick<MetricResult, "verdict">[]): Verdict {
  if (metrics.some((metric) => metric.verdict === "worse")) return "worse";
  return metrics.some((metric) => metric.verdict === "better") ? "better" : "no worse";
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

function verdictOf(metric: Metric, legacy: number | null, latest: number | null, samples: Samples): MetricResult["verdict"] {
  // A figure that only the latest flavor fails to give is a loss; one that legacy never gave cannot be compared.
  if (latest === null) return legacy === null ? "not measured" : "worse";
  if (breaksLimit(metric, latest)) return "worse";
  if (legacy === null) return "not measured";
  const gain = gainOf(metric, legacy, latest);
  const margin = metric.relative ? (Math.abs(legacy) * metric.margin) / 100 : metric.margin;
  if (Math.abs(gain) <= margin || !pairsAgree(metric, gain, samples)) return "no worse";
  return gain < 0 ? "worse" : "better";
}

function pairsAgree(metric: Metric, gain: number, samples: Samples): boolean {
  if (!metric.measured) return true;
  const gains = samples.legacy.flatMap((legacy, index) => {
    const latest = samples.latest[index] ?? null;
    return legacy === null || latest === null ? [] : [gainOf(metric, legacy, latest)];
  });
  const agreeing = gains.filter((each) => Math.sign(each) === Math.sign(gain)).length;
  return agreeing * 4 >= gains.length * 3;
}
