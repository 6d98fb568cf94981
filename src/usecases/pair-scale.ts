/** Owns the scale on which the pairs of runs of one metric are judged: how much worse latest was in each, as numbers that add up. */
import type { Metric } from "../model/use-case.js";
import { type PairedEstimate, estimatePaired } from "../stats/paired.js";
import { type Samples, gainOf, marginIn } from "./verdict.js";

/** A metric of a use case with its pairs. */
export interface MeasuredMetric {
  readonly metric: Metric;
  readonly samples: Samples;
  /**
   * The least scatter of one pair that this metric has by calibration, on its scale (logarithms of ratios where that is `relative`): a
   * few pairs that happen to agree are not taken for less noise than that.
   */
  readonly floor?: { readonly relative: boolean; readonly scatter: number } | undefined;
}

const LEAST_PAIRS = 3;

/** How much worse latest was in each pair, on a scale on which differences add up, and what bounds it. */
export interface Scale {
  readonly harm: PairedEstimate;
  /** The metric's margin on that scale. */
  readonly margin: number;
  /** How far latest lies beyond the metric's limit. */
  readonly beyond: PairedEstimate | undefined;
  readonly relative: boolean;
  /** From the scale to what is shown: latest against legacy, in percent or in the metric's unit. */
  readonly shown: (harm: number) => number;
}

/** Undefined for fewer than three complete pairs. */
export function scaleOf({ metric, samples, floor }: MeasuredMetric): Scale | undefined {
  const pairs = completePairs(samples);
  const scale = isRatio(metric, pairs) ? ratioScale(metric, pairs) : plainScale(metric, pairs);
  if (scale === undefined || scale.harm.n < LEAST_PAIRS) return undefined;
  return floor?.relative === scale.relative ? { ...scale, harm: withFloor(scale.harm, floor.scatter) } : scale;
}

function withFloor(harm: PairedEstimate, scatter: number): PairedEstimate {
  return { ...harm, standardError: Math.max(harm.standardError, scatter / Math.sqrt(harm.n)) };
}

/** How much worse latest was in each pair, one number per complete pair, and whether these are logarithms of ratios. */
export function harmsOf(metric: Metric, samples: Samples): { readonly relative: boolean; readonly harms: readonly number[] } {
  const pairs = completePairs(samples);
  const relative = isRatio(metric, pairs);
  return { relative, harms: relative ? ratioHarms(metric, pairs) : plainHarms(metric, pairs) };
}

type Pair = readonly [legacy: number, latest: number];

function completePairs({ legacy, latest }: Samples): Pair[] {
  return legacy.flatMap((each, index): Pair[] => {
    const other = latest[index] ?? null;
    return each === null || other === null || !Number.isFinite(each) || !Number.isFinite(other) ? [] : [[each, other]];
  });
}

/** Percent of a positive quantity: logarithms of ratios, which noise does not push to one side. */
function isRatio(metric: Metric, pairs: readonly Pair[]): boolean {
  const bounded = metric.direction === "lower" || metric.margin < 100;
  return metric.relative && metric.direction !== "target" && bounded && pairs.every(([legacy, latest]) => legacy > 0 && latest > 0);
}

function ratioScale(metric: Metric, pairs: readonly Pair[]): Scale | undefined {
  const sign = metric.direction === "lower" ? 1 : -1;
  const harm = estimatePaired(ratioHarms(metric, pairs));
  if (harm === undefined) return undefined;
  const margin = sign * Math.log1p((sign * metric.margin) / 100);
  return { harm, margin, beyond: beyondOf(metric, pairs), relative: true, shown: (value) => 100 * Math.expm1(sign * value) };
}

function plainScale(metric: Metric, pairs: readonly Pair[]): Scale | undefined {
  const harm = estimatePaired(plainHarms(metric, pairs));
  if (harm === undefined) return undefined;
  const size = pairs.reduce((sum, [legacy]) => sum + Math.abs(legacy), 0) / pairs.length;
  const sign = metric.direction === "higher" ? -1 : 1;
  return { harm, margin: marginIn(metric, size), beyond: beyondOf(metric, pairs), relative: false, shown: (value) => sign * value };
}

function beyondOf(metric: Metric, pairs: readonly Pair[]): PairedEstimate | undefined {
  const { limit, direction, target = 0 } = metric;
  if (limit === undefined) return undefined;
  return estimatePaired(
    pairs.map(([, latest]) => {
      if (direction === "target") return Math.abs(latest - target) - limit;
      return direction === "higher" ? limit - latest : latest - limit;
    }),
  );
}

function ratioHarms({ direction }: Metric, pairs: readonly Pair[]): number[] {
  return pairs.map(([legacy, latest]) => (direction === "lower" ? 1 : -1) * Math.log(latest / legacy));
}

function plainHarms(metric: Metric, pairs: readonly Pair[]): number[] {
  return pairs.map(([legacy, latest]) => -gainOf(metric, legacy, latest));
}
