/** Owns templates of experiments in the configuration, and the plan that they make for a release. */
import { z } from "zod";

import { EXPERIMENT_UNITS, experimentSchema, freezeSchema, metricBodySchema, stageSchema } from "./experiment.js";

/** What is known of a metric before anything is measured; an A/A experiment measures it. */
export const expectationSchema = z.strictObject({
  rate: z.number().gt(0).lt(1).optional().describe("rare, proportion: units with an event"),
  deviation: z
    .number()
    .gt(0)
    .optional()
    .describe("mean, count, ratio: standard deviation of the units' values; quantile: √(q·(1−q)) over the density there"),
});
export type Expectation = Readonly<z.infer<typeof expectationSchema>>;

const templateSchema = z.strictObject({
  useCases: z.array(z.string().min(1)).min(1).default(["*"]).describe("ids of use cases, or globs; the first template that fits is taken"),
  metrics: z.array(z.string().min(1)).min(1).describe("names of experiments.metrics"),
  unit: z.enum(EXPERIMENT_UNITS).default("device"),
  stages: z
    .array(stageSchema)
    .min(1)
    .max(20)
    .optional()
    .describe("the default ramp (0.1, 1, 5, 25, 50, 100 %) where left out, without the first stages that bring too few units in two weeks"),
  dependsOn: z.array(z.string()).default([]).describe("use cases that are promoted first; with them this one halts"),
  unitsPerDay: z.number().gt(0).describe("units that begin to use it in a day, over the whole fleet"),
  fleet: z.number().gt(0).optional().describe("units that use it at all; without it they never run out"),
});
export type Template = Readonly<z.infer<typeof templateSchema>>;

/** The section `experiments` of the configuration. */
export const experimentsConfigSchema = z.strictObject({
  server: z.url().optional().describe("where `unfork serve` answers; --url wins"),
  falseHalts: z.number().gt(0).max(0.5).default(0.05).describe("chance of any false halt in a campaign: the budget of all its tests"),
  power: z.number().gt(0.5).lt(1).default(0.8).describe("chance that an experiment without harm passes its last gate at the planned units"),
  metrics: z
    .record(z.string(), z.strictObject({ ...metricBodySchema.shape, expects: expectationSchema.default({}) }))
    .describe("the metrics by name"),
  templates: z.array(templateSchema).min(1),
  freeze: z.array(freezeSchema).default([]).describe("times in which nothing is raised, in every experiment of a plan"),
});
export type ExperimentsConfig = Readonly<z.infer<typeof experimentsConfigSchema>>;

/** Without end: null. */
const amount = z.number().nullable();

/** What one metric can be told before the start. */
export const metricPlanSchema = z.strictObject({
  metric: z.string(),
  role: z.enum(["primary", "guardrail", "signal"]),
  /** Units per arm for its gate at the margin itself; null where nothing is known of it. */
  gateUnits: amount,
  /** Its level in the budget. */
  alpha: z.number(),
  /** Smallest harm that halts with the plan's power by the last stage with a control: rare as a ratio of rates, else in the metric's unit. */
  finds: amount,
  /** How that is to be read. */
  findsAs: z.enum(["ratio", "difference"]),
});
export type MetricPlan = Readonly<z.infer<typeof metricPlanSchema>>;

export const stagePlanSchema = z.strictObject({
  percent: z.number(),
  /** Units per arm that its gate needs, over all stages so far. */
  units: amount,
  /** Units per arm that it can bring at all. */
  supply: amount,
  /** Days at this stage; null where its supply is not enough. */
  days: amount,
});
export type StagePlan = Readonly<z.infer<typeof stagePlanSchema>>;

export const plannedExperimentSchema = z.strictObject({
  experiment: experimentSchema,
  metrics: z.array(metricPlanSchema),
  stages: z.array(stagePlanSchema),
  /** Days until 100 %; null where a gate cannot be passed. */
  days: amount,
  /** What keeps it from being told, or from power, in sentences. */
  problems: z.array(z.string()),
});
export type PlannedExperiment = Readonly<z.infer<typeof plannedExperimentSchema>>;

export const experimentPlanSchema = z.strictObject({
  project: z.string(),
  from: z.string(),
  to: z.string(),
  aa: z.boolean(),
  budget: z.strictObject({ alpha: z.number(), tests: z.number().int() }),
  power: z.number(),
  experiments: z.array(plannedExperimentSchema),
  /** Use cases that no template fits. */
  without: z.array(z.string()),
});
export type ExperimentPlan = Readonly<z.infer<typeof experimentPlanSchema>>;
