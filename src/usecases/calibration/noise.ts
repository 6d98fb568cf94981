/** Owns how much the metrics of a use case scatter between pairs of runs, and when that is more than it was. */
import type { Calibration, MetricNoise, NoiseExcess, UseCaseNoise } from "../../model/calibration.js";
import type { Metric } from "../../model/use-case.js";
import { lagOne, robustScatter, standardDeviation } from "../../stats/scatter.js";
import { type MeasuredMetric, harmsOf } from "../pair-scale.js";

/** Of one metric; undefined for fewer than three complete pairs. */
export function noiseOf({ metric, samples }: MeasuredMetric): MetricNoise | undefined {
  const { relative, harms } = harmsOf(metric, samples);
  if (harms.length < 3) return undefined;
  return {
    id: metric.id,
    name: metric.name,
    unit: metric.unit,
    pairs: harms.length,
    relative,
    scatter: standardDeviation(harms),
    robust: robustScatter(harms),
    mean: harms.reduce((sum, each) => sum + each, 0) / harms.length,
    carry: lagOne(harms),
  };
}

/**
 * The least scatter to reckon with: that of the middle half of the calibration's pairs, so that a calibration on a bad day does not
 * blind later comparisons; where most of its pairs were equal, that of all of them.
 */
export function floorOf(calibration: Calibration | undefined, useCase: string, metric: Metric): MeasuredMetric["floor"] {
  const noise = noiseIn(calibration, useCase, metric.id);
  if (noise === undefined) return undefined;
  return { relative: noise.relative, scatter: noise.robust > 0 ? noise.robust : noise.scatter };
}

/** Half as much again is the machine's business; and each of both figures may be three of its own standard errors off. */
const TOLERATED = 1.5;
const STANDARD_ERRORS = 3;

/** Metrics that scatter today more than the calibration explains, the worst first. */
export function noiseBeyond(today: readonly UseCaseNoise[], calibration: Calibration): NoiseExcess[] {
  const found = today.flatMap(({ useCase, metrics }) =>
    metrics.flatMap((metric) => {
      const known = noiseIn(calibration, useCase, metric.id);
      if (known === undefined || known.relative !== metric.relative || known.scatter === 0) return [];
      const times = metric.scatter / known.scatter;
      return times > mostTimes(metric.pairs, known.pairs) ? [{ useCase, metric, times }] : [];
    }),
  );
  return found.toSorted((a, b) => b.times - a.times);
}

/** The logarithm of a standard deviation of n normal numbers has a standard error of about 1 / √(2 (n − 1)). */
function mostTimes(today: number, then: number): number {
  return TOLERATED * Math.exp(STANDARD_ERRORS * Math.sqrt(1 / (2 * (today - 1)) + 1 / (2 * (then - 1))));
}

function noiseIn(calibration: Calibration | undefined, useCase: string, id: string): MetricNoise | undefined {
  return calibration?.useCases.find((each) => each.useCase === useCase)?.metrics.find((metric) => metric.id === id);
}
