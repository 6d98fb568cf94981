/** Owns a calibration: how much each metric scatters when a release is compared with itself on this machine. */
import { z } from "zod";

/** Of one metric of one use case. Figures are of single pairs: logarithms of ratios where `relative`, else in the metric's unit. */
export const metricNoiseSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  unit: z.string(),
  pairs: z.number().int().nonnegative(),
  relative: z.boolean(),
  /** Standard deviation. */
  scatter: z.number().nonnegative(),
  /** The same from the middle half of the pairs, which a few wild ones do not move. */
  robust: z.number().nonnegative(),
  /** Mean: what the release seemed to differ from itself. */
  mean: z.number(),
  /** Correlation of a pair with the next: far from 0 where the machine's state outlasts a pair. */
  carry: z.number(),
});
export type MetricNoise = z.infer<typeof metricNoiseSchema>;

export const useCaseNoiseSchema = z.strictObject({ useCase: z.string(), metrics: z.array(metricNoiseSchema) });
export type UseCaseNoise = z.infer<typeof useCaseNoiseSchema>;

export const calibrationSchema = z.strictObject({
  /** What it was measured on, without host name and user. */
  machine: z.string(),
  useCases: z.array(
    useCaseNoiseSchema.extend({
      /** ISO 8601, UTC. */
      when: z.string(),
      /** Digest of the program. */
      program: z.string(),
      /** Use cases that ran at once. */
      jobs: z.number().int().positive(),
      /** Metrics that this comparison of a release with itself called worse or better: false ones. */
      falseChanges: z.number().int().nonnegative(),
    }),
  ),
});
export type Calibration = z.infer<typeof calibrationSchema>;

/** A metric that scatters more today than when it was calibrated. */
export interface NoiseExcess {
  readonly useCase: string;
  readonly metric: MetricNoise;
  /** Today's scatter over the calibrated one. */
  readonly times: number;
}
