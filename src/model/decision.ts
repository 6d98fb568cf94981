/** Owns a decision on one experiment: what was seen, by which bounds it was judged, and what is to be done. */
import { z } from "zod";

import { METRIC_KINDS, experimentIdSchema } from "./experiment.js";

export const ACTIONS = ["halt", "hold", "promote", "wait"] as const;
export type Action = (typeof ACTIONS)[number];

export const REASON_CODES = [
  "harm",
  "signal",
  "sample-ratio",
  "missing-telemetry",
  "values",
  "no-worse",
  "inconclusive",
  "exposures",
  "hours",
  "freeze",
  "dependency",
  "held",
  "no-control",
  "no-data",
] as const;
export const reasonSchema = z.strictObject({
  code: z.enum(REASON_CODES),
  /** A sentence for people. */
  text: z.string(),
  metric: z.string().optional(),
  /** Of a hold: what a person accepts by resuming, so that it does not hold again. */
  key: z.string().optional(),
});
export type Reason = Readonly<z.infer<typeof reasonSchema>>;

/** Numbers that may be without bound are null where they are. */
const bound = z.number().nullable();

/** What an inconclusive metric needs at the gate it stands before. */
export const needsSchema = z.strictObject({
  /** Units per arm in all, and those that are missing. */
  units: z.number().int(),
  missing: z.number().int(),
  /** At the rate of the last day; null where that is unknown or nothing comes in. */
  days: bound,
  text: z.string(),
});
export type Needs = Readonly<z.infer<typeof needsSchema>>;

/** The gate's group-sequential test of "worse by the margin or more". */
export const gateSchema = z.strictObject({
  /** The margin asked for: the metric's times the stage's factor. */
  margin: z.number(),
  /** Standard errors between the estimate and the margin, positive on the good side; what it must reach. */
  z: bound,
  bound,
  /** Units now over units planned, of this look; 1 at most. */
  fraction: z.number(),
  /** By which of the two ways it was passed: the planned looks, or the always-valid bound that never ends. */
  by: z.enum(["planned", "always-valid"]).optional(),
  passed: z.boolean(),
});
export type Gate = Readonly<z.infer<typeof gateSchema>>;

export const metricDecisionSchema = z.strictObject({
  metric: z.string(),
  kind: z.enum(METRIC_KINDS),
  role: z.enum(["primary", "guardrail", "signal"]),
  units: z.strictObject({ treatment: z.number().int(), control: z.number().int() }),
  /** The arms' own values, of all phases (weighted alike in both), for people. */
  treatment: bound,
  control: bound,
  /** Treatment less control, in the metric's own unit (rare: events per unit). */
  estimate: bound,
  /** Valid at every look at once, at the level of this metric's share: [low, high]. */
  interval: z.tuple([bound, bound]),
  /** Rare events: the ratio of the rates, and its interval. */
  ratio: bound.optional(),
  ratioInterval: z.tuple([bound, bound]).optional(),
  /** Evidence against "harm within what is tolerated"; harm is proven from 1 / alpha on. Infinity is written as 1e308. */
  eValue: z.number(),
  /** The share of the false-halt budget (signals: their own level). */
  alpha: z.number(),
  verdict: z.enum(["harmed", "no worse", "inconclusive"]),
  /** Its sums are beyond what numbers hold, or nothing to divide by is left: nothing can be said, and harm would not be seen. */
  broken: z.literal(true).optional(),
  gate: gateSchema.optional(),
  needs: needsSchema.optional(),
});
export type MetricDecision = Readonly<z.infer<typeof metricDecisionSchema>>;

/** Whether the arms have the sizes they were drawn with. */
export const sampleRatioSchema = z.strictObject({
  verdict: z.enum(["as drawn", "mismatch", "no data"]),
  phases: z.array(
    z.strictObject({
      phase: z.number().int(),
      treatment: z.number().int(),
      control: z.number().int(),
      /** Share of the treatment as drawn. */
      expected: z.number(),
      /** Chi-square test, of this look alone. */
      p: z.number(),
      /** Sequential test, valid at every look. */
      eValue: z.number(),
    }),
  ),
});
export type SampleRatio = Readonly<z.infer<typeof sampleRatioSchema>>;

/** Whether as many units fell silent in one arm as in the other. */
export const missingTelemetrySchema = z.strictObject({
  verdict: z.enum(["alike", "differs", "no data"]),
  treatment: bound,
  control: bound,
  p: z.number(),
});
export type MissingTelemetry = Readonly<z.infer<typeof missingTelemetrySchema>>;

/** The gate was looked at: to be kept, as every look uses up some of the gate's error. */
export const gateLookSchema = z.strictObject({
  stage: z.number().int().min(0),
  at: z.string(),
  /** By metric: units then over units planned. */
  fractions: z.record(z.string(), z.number()),
  /** Metrics that passed at this look; what was passed once stays so at this gate, as the error counts any look. */
  passed: z.array(z.string()),
});
export type GateLook = Readonly<z.infer<typeof gateLookSchema>>;

export const decisionSchema = z.strictObject({
  experiment: experimentIdSchema,
  /** The phase that runs. */
  phase: z.number().int(),
  /** Index of the stage it stands at. */
  stage: z.number().int(),
  percent: z.number(),
  /** ISO 8601, UTC. */
  at: z.string(),
  action: z.enum(ACTIONS),
  reasons: z.array(reasonSchema),
  perMetric: z.array(metricDecisionSchema),
  /** Pairs of different flavors, apart; they decide nothing. */
  mixedPairs: z.array(metricDecisionSchema).optional(),
  srm: sampleRatioSchema,
  missing: missingTelemetrySchema,
  /** The fleet's budget of false halts, this experiment's share, and the tests that share it. */
  budget: z.strictObject({
    method: z.enum(["split", "e-bh"]),
    alpha: z.number(),
    share: z.number(),
    tests: z.number().int(),
  }),
  look: gateLookSchema.optional(),
});
export type Decision = Readonly<z.infer<typeof decisionSchema>>;
