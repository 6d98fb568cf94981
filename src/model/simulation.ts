/** Owns a simulated fleet: what is true of its units, and what the decisions made of it. */
import { z } from "zod";

import { metricSchema, stageSchema } from "./experiment.js";

/** What the treatment does to a metric: so much is added to the unit's mean, or its rate or value is multiplied. */
const effectSchema = z.union([z.strictObject({ add: z.number() }), z.strictObject({ times: z.number().gt(0).max(1000) })]);
export type SimulatedEffect = Readonly<z.infer<typeof effectSchema>>;

/** How a metric's values come about; which of these a kind reads is told beside each. */
const truthSchema = z.strictObject({
  mean: z.number().gt(0).default(1).describe("mean, ratio, quantile: of the units' values; values are lognormal"),
  spread: z.number().gt(0).max(3).default(1).describe("mean, ratio, quantile: the logarithm's standard deviation; 1 is heavy-tailed"),
  rate: z.number().gt(0).lt(1).default(0.003).describe("proportion, rare, count: events per unit and active day"),
  effect: effectSchema.optional().describe("of the treatment; none where left out"),
  days: z
    .tuple([z.number().int().min(1), z.number().int().min(1)])
    .optional()
    .describe("first and last day that have the effect"),
});
export type SimulatedTruth = Readonly<z.infer<typeof truthSchema>>;

const simulatedMetricSchema = z.strictObject({ metric: metricSchema, truth: truthSchema });
export type SimulatedMetric = Readonly<z.infer<typeof simulatedMetricSchema>>;

const shareSchema = z.number().min(0).max(1);

export const fleetSchema = z.strictObject({
  unitsPerDay: z.number().int().min(1).max(10_000_000).default(4000).describe("new units a day and use case, in and out of the experiment"),
  weekend: z.number().gt(0).max(10).default(0.7).describe("units on the sixth and seventh day of a week, beside other days"),
  drift: z.number().min(0).max(10).default(0.3).describe("how far a day's values lie from another's, in both arms, in spreads"),
  churn: shareSchema.default(0.2).describe("share of the units that do not come back the next day"),
  lost: z.strictObject({ treatment: shareSchema, control: shareSchema }).default({ treatment: 0.02, control: 0.02 }),
  lostExposures: z
    .strictObject({ treatment: shareSchema, control: shareSchema })
    .default({ treatment: 0, control: 0 })
    .describe("units whose exposure never arrives: what a flavor that dies at start-up does to a log that is written too late"),
  mixed: shareSchema.default(0).describe("calls whose other end runs the other flavor; half of the effect is theirs"),
});
export type Fleet = Readonly<z.infer<typeof fleetSchema>>;

const simulatedUseCaseSchema = z.strictObject({
  name: z.string().min(1),
  count: z.number().int().min(1).max(1000).default(1).describe("so many use cases of this kind"),
  unit: z.enum(["device", "user", "call", "cluster"]).default("device"),
  metrics: z.array(simulatedMetricSchema).min(1).max(50),
});
export type SimulatedUseCase = Readonly<z.infer<typeof simulatedUseCaseSchema>>;

export const simulationSchema = z.strictObject({
  seed: z.number().int().min(0).default(1),
  runs: z.number().int().min(1).max(1_000_000).default(200),
  days: z.number().int().min(1).max(365).default(30),
  looksPerDay: z.number().int().min(1).max(24).default(1),
  budget: z
    .strictObject({ alpha: z.number().gt(0).lt(1).default(0.05), method: z.enum(["split", "e-bh"]).default("split") })
    .default({ alpha: 0.05, method: "split" }),
  stages: z.array(stageSchema).min(1).max(20).optional().describe("the default ramp where left out"),
  fleet: fleetSchema.prefault({}),
  useCases: z.array(simulatedUseCaseSchema).min(1),
});
export type SimulationInput = z.input<typeof simulationSchema>;
export type Simulation = Readonly<z.infer<typeof simulationSchema>>;

/** A share of the runs with its exact (Clopper–Pearson) 95 % band. */
const rateSchema = z.strictObject({
  count: z.number().int(),
  of: z.number().int(),
  rate: z.number(),
  band: z.tuple([z.number(), z.number()]),
});
export type Rate = Readonly<z.infer<typeof rateSchema>>;

/** Quartiles over runs, with the median's 95 % band (order statistics); null without a run. */
const spreadSchema = z
  .strictObject({ lower: z.number(), median: z.number(), upper: z.number(), band: z.tuple([z.number(), z.number()]) })
  .nullable();
export type Spread = Readonly<z.infer<typeof spreadSchema>>;

const outcomeSchema = z.strictObject({
  name: z.string(),
  useCases: z.number().int(),
  harmed: z.boolean().describe("whether the stated effects do harm beyond a margin"),
  halted: rateSchema,
  promoted: rateSchema,
  held: rateSchema,
  daysToHalt: spreadSchema,
  daysToPromote: spreadSchema,
  unitsPerArmToHalt: spreadSchema,
  unitsExposed: spreadSchema.describe("units that ran the new flavor until the end or the halt"),
  metrics: z.array(
    z.strictObject({
      metric: z.string(),
      truth: z.number().nullable().describe("the effect as it is, in the metric's own unit; null where it differs from day to day"),
      haltedBy: rateSchema,
      estimate: z.number().nullable().describe("mean over the runs of the last estimate"),
      error: z.number().nullable().describe("standard error of that mean"),
      covered: rateSchema.nullable().describe("use cases whose interval held the truth at every look"),
    }),
  ),
});
export type SimulatedOutcome = Readonly<z.infer<typeof outcomeSchema>>;

export const simulationResultSchema = z.strictObject({
  runs: z.number().int(),
  days: z.number().int(),
  tests: z.number().int(),
  budget: z.number(),
  anyFalseHalt: rateSchema.describe("runs in which at least one use case without harm was halted"),
  outcomes: z.array(outcomeSchema),
});
export type SimulationResult = Readonly<z.infer<typeof simulationResultSchema>>;
