/** Owns what an analysis reads: per experiment, phase, arm and metric the sufficient statistics over units. */
import { z } from "zod";

import { armSchema, experimentIdSchema } from "./experiment.js";

const count = z.number().int().min(0);
const sum = z.number();

/** What every row is about. A unit belongs to the phase of its first exposure, and to that phase only. */
const rowOf = {
  experiment: experimentIdSchema,
  phase: z.number().int().min(1),
  arm: armSchema,
  /** Calls whose two ends ran different flavors are told apart, and never counted among the others. */
  pair: z.enum(["same", "mixed"]).optional(),
};

/** Units with a value in (from, to]; `from` = `to` for a value that is known exactly. */
export const histogramBinSchema = z.tuple([z.number(), z.number(), count]).readonly();
export type HistogramBin = readonly [from: number, to: number, units: number];

/**
 * Sums over the units of one arm; a unit counts once, with its whole value: the mean of its values for `mean` and `quantile`, their sum for
 * `count` and `ratio`, 0 or 1 for `proportion` and `rare`. Sums of squares and products make means, ratios, their errors (delta
 * method) and the regression on a covariate (CUPED) without the units themselves.
 */
export const armStatisticsSchema = z.strictObject({
  ...rowOf,
  metric: z.string().min(1),
  /** Units with a value of this metric; for `rare`, `proportion` and `count` all exposed units, those without an event with 0. */
  units: count,
  sum,
  sumSquares: sum,
  /** Ratio metrics: the denominator, and its products with the value. */
  denominatorSum: sum.optional(),
  denominatorSquares: sum.optional(),
  cross: sum.optional(),
  /** CUPED: the unit's value before its exposure, and its products with the value (and, for ratios, with the denominator). */
  covariateSum: sum.optional(),
  covariateSquares: sum.optional(),
  covariateCross: sum.optional(),
  covariateDenominatorCross: sum.optional(),
  /** Units with at least one event; what the exact test of rare events counts. */
  events: count.optional(),
  /** Quantile metrics: the units' values, in order, as bins. */
  histogram: z.array(histogramBinSchema).optional(),
});
export type ArmStatistics = Readonly<z.infer<typeof armStatisticsSchema>>;

/** Units of one arm and phase: how many were exposed, and of how many nothing came after that. */
export const armExposureSchema = z.strictObject({
  ...rowOf,
  units: count,
  /** Exposed units without any metric, crash or end afterwards, of those whose exposure is old enough to have had one. */
  silent: count.default(0),
  /** Those old enough: `silent` is a part of these. */
  due: count.optional(),
  /** Of the last 24 hours; tells how long something will take. */
  unitsLastDay: count.optional(),
});
export type ArmExposure = Readonly<z.infer<typeof armExposureSchema>>;

/** All that a decision on one experiment reads; a document of it can be given to `unfork experiment analyze`. */
export const analysisSchema = z.strictObject({
  experiment: experimentIdSchema,
  /** When the data were read; ISO 8601, UTC. */
  at: z.iso.datetime(),
  statistics: z.array(armStatisticsSchema),
  exposures: z.array(armExposureSchema),
});
export type Analysis = Readonly<z.infer<typeof analysisSchema>>;
