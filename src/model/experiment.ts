/** Owns an experiment: one use case, two flavors, the metrics that may stop it and the stages it goes through. */
import { z } from "zod";

import { flavorSchema } from "./build.js";
import { flavorRangeSchema } from "./flavor-range.js";

/** What is assigned as a whole: all of it gets one arm. */
export const EXPERIMENT_UNITS = ["device", "user", "call", "cluster"] as const;

export const ARMS = ["treatment", "control"] as const;
export type Arm = (typeof ARMS)[number];
export const armSchema = z.enum(ARMS);

/** `halted`: by a decision; `rolled-back`: by a person; both send everybody to `from`. `done`: nothing is assigned any more. */
export const RAMP_STATES = ["draft", "running", "holding", "halted", "rolled-back", "promoted", "done"] as const;
export type RampState = (typeof RAMP_STATES)[number];

export const METRIC_KINDS = ["mean", "ratio", "proportion", "rare", "count", "quantile"] as const;
export type MetricKind = (typeof METRIC_KINDS)[number];

/** Kebab- or snake-case, as in `join-time`; also a key of SQL rows and of JSON objects. */
const metricName = z.string().regex(/^[A-Za-z][A-Za-z0-9_.-]{0,63}$/, "must be a name like join-time");

const metricFields = {
  kind: z
    .enum(METRIC_KINDS)
    .describe(
      "mean: of the units' values; ratio: sum over sum; proportion: share of units with a value above 0; rare: units with an event, tested exactly; count: events per unit; quantile: of the units' values",
    ),
  q: z.number().gt(0).lt(1).optional().describe("which quantile, as 0.95"),
  better: z.enum(["lower", "higher"]).default("lower"),
  role: z
    .enum(["primary", "guardrail", "signal"])
    .default("guardrail")
    .describe("primary: the guardrail that the plan is made for; guardrail: proven harm halts; signal: proven harm holds"),
  margin: z
    .number()
    .min(0)
    .describe("harm up to this, in the metric's own unit (rare: events per unit), is tolerated: the gate must show less, a halt more"),
  haltRatio: z
    .number()
    .min(1)
    .max(100)
    .optional()
    .describe("rare: halts when the rate is proven above this multiple of the control's; default 1"),
  winsorize: z.number().gt(0.5).max(1).optional().describe("values of units above this quantile count as this quantile"),
  cuped: z.boolean().optional().describe("take off what the unit's value before its exposure tells"),
  plannedUnits: z.number().int().min(1).optional().describe("units per arm that the gates are planned for"),
  lab: z
    .string()
    .regex(/^[A-Za-z0-9_][A-Za-z0-9_.:/+@-]{0,127}$/)
    .optional()
    .describe("what `unfork usecase bisect` calls it; default its own name, and crash for rare events"),
  weight: z.number().gt(0).max(1000).optional().describe("its part of the fleet's false-halt budget, beside others with 1"),
};

interface MetricInput {
  readonly kind: MetricKind;
  readonly q?: number | undefined;
  readonly haltRatio?: number | undefined;
}

/** What a kind needs, and what only one kind may have. */
function checkKind(metric: MetricInput, context: z.RefinementCtx): void {
  if ((metric.kind === "quantile") !== (metric.q !== undefined))
    context.addIssue({ code: "custom", path: ["q"], message: "belongs to kind 'quantile', which needs it" });
  if (metric.haltRatio !== undefined && metric.kind !== "rare")
    context.addIssue({ code: "custom", path: ["haltRatio"], message: "belongs to kind 'rare' only" });
}

/** A metric without its name, as the configuration lists them by name. */
export const metricBodySchema = z.strictObject(metricFields).superRefine(checkKind);
export const metricSchema = z.strictObject({ name: metricName, ...metricFields }).superRefine(checkKind);
export type Metric = Readonly<z.infer<typeof metricSchema>>;

/** One step of the ramp. */
export const stageSchema = z.strictObject({
  percent: z.number().gt(0).max(100).describe("share of all units in the treatment; up to 50 % a control of the same size runs beside it"),
  minExposures: z.number().int().min(0).describe("units per arm, counted over all stages so far, before the gate is looked at"),
  minHours: z.number().min(0).describe("hours at this stage before the gate is looked at"),
  marginFactor: z
    .number()
    .min(1)
    .max(100)
    .default(1)
    .describe("the gate behind this stage asks for no more harm than margin × this: few units cannot show little; 1 from 50 % on"),
});
export type Stage = Readonly<z.infer<typeof stageSchema>>;

/** A time in which nothing is raised; halts and rollbacks go on. */
export const freezeSchema = z.union([
  z.strictObject({ from: z.iso.datetime(), until: z.iso.datetime(), reason: z.string().min(1) }),
  z.strictObject({
    weekdays: z.array(z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])).min(1),
    reason: z.string().min(1),
  }),
]);
export type Freeze = Readonly<z.infer<typeof freezeSchema>>;

const endSchema = z.strictObject({ flavor: flavorSchema, release: z.string().min(1) });

export const experimentIdSchema = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, "must be a name like laptop-call-m150");

export const experimentSchema = z
  .strictObject({
    id: experimentIdSchema,
    project: z.string().min(1),
    useCase: z.string().min(1),
    from: endSchema,
    to: endSchema,
    unit: z.enum(EXPERIMENT_UNITS).default("device"),
    /** The key of the buckets, 16 bytes; a new experiment has a new one, so that its arms are drawn anew. */
    salt: z.string().regex(/^[0-9a-f]{32}$/),
    stages: z.array(stageSchema).min(1).max(20),
    metrics: z.array(metricSchema).min(1).max(100),
    /** Both arms run `from`: whatever is found is false, so that it tells how well the metrics are understood. */
    aa: z.boolean().default(false),
    /** Use cases that must be promoted before this one is raised, and with which it halts. */
    dependsOn: z.array(z.string()).default([]),
    freeze: z.array(freezeSchema).default([]),
    /** Its part of the fleet's false-halt budget, fixed when it is planned; an equal part of the campaign where left out. */
    budgetShare: z.number().gt(0).max(1).optional(),
    /** The whole budget that it is a part of: the chance of any false halt in its campaign; 0.05 where left out. */
    falseHalts: z.number().gt(0).max(0.5).optional(),
    /** What lies between the flavors, as the plan found it: a halt is stored with it. */
    between: flavorRangeSchema.optional(),
    /** Where it stands; what led there is in its ramp. */
    state: z.enum(RAMP_STATES).default("draft"),
  })
  .superRefine((experiment, context) => {
    experiment.stages.forEach(({ percent, marginFactor }, index) => {
      const before = experiment.stages[index - 1]?.percent ?? 0;
      if (percent <= before)
        context.addIssue({ code: "custom", path: ["stages", index, "percent"], message: "must be above the stage before" });
      if (percent > 50 && percent < 100)
        context.addIssue({
          code: "custom",
          path: ["stages", index, "percent"],
          message: "must be at most 50, or 100: a control of equal size runs beside",
        });
      if (percent >= 50 && marginFactor !== 1)
        context.addIssue({
          code: "custom",
          path: ["stages", index, "marginFactor"],
          message: "must be 1 from 50 % on: the last gate asks for the margin itself",
        });
    });
    const names = experiment.metrics.map(({ name }) => name);
    names.forEach((name, index) => {
      if (names.indexOf(name) !== index)
        context.addIssue({ code: "custom", path: ["metrics", index, "name"], message: `lists '${name}' twice` });
    });
    if (experiment.aa && experiment.from.flavor !== experiment.to.flavor)
      context.addIssue({ code: "custom", path: ["to", "flavor"], message: "must be that of 'from': an A/A experiment runs one flavor" });
    if (experiment.aa && experiment.stages.some(({ percent }) => percent > 50))
      context.addIssue({ code: "custom", path: ["stages"], message: "must end at 50 %: an A/A experiment needs its control" });
  });
export type ExperimentInput = z.input<typeof experimentSchema>;
export type Experiment = Readonly<z.infer<typeof experimentSchema>>;

/**
 * The stages of a ramp unless told otherwise. The first gates ask for less than the margin, by what their stage exposes: harm of
 * 10 margins on 0.1 % of the fleet weighs less than harm of one margin on 5 %.
 */
export const DEFAULT_STAGES: readonly Stage[] = [
  { percent: 0.1, minExposures: 500, minHours: 24, marginFactor: 10 },
  { percent: 1, minExposures: 2000, minHours: 24, marginFactor: 3 },
  { percent: 5, minExposures: 5000, minHours: 48, marginFactor: 1 },
  { percent: 25, minExposures: 10_000, minHours: 48, marginFactor: 1 },
  { percent: 50, minExposures: 10_000, minHours: 72, marginFactor: 1 },
  { percent: 100, minExposures: 0, minHours: 0, marginFactor: 1 },
];
