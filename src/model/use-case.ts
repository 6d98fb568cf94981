/** Owns use cases: what both flavors are compared on, and the verdict. */
import { z } from "zod";

import { outputComparisonSchema, toleranceSchema } from "./tolerance.js";

/** A number the program reports, and how much worse the latest flavor may be before it counts. */
export const metricSchema = z.strictObject({
  id: z.string().regex(/^[a-z][A-Za-z0-9.]*$/, "must be a dotted path into the program's JSON line"),
  name: z.string(),
  unit: z.string(),
  direction: z.enum(["higher", "lower", "target"]),
  /** Non-inferiority margin in `unit`, or in percent of the legacy value when `relative`. */
  margin: z.number().nonnegative(),
  relative: z.boolean().default(false),
  /** For direction `target`: the wanted value. */
  target: z.number().optional(),
  /** A hard bound that the latest flavor must keep whatever the legacy one does. */
  limit: z.number().optional(),
  /** True for what depends on the machine's day (CPU, memory): judged, and reported apart. */
  measured: z.boolean().default(false),
});
export type Metric = z.infer<typeof metricSchema>;

/** A run of both flavors alive in one process, and which of its files stands for which output. */
export const bothSchema = z.strictObject({
  /** Placeholders: {program} {inputs} {out} {root}. */
  run: z.array(z.string()).min(1),
  /** For an output of `run`: the files of the joint run that must equal it, byte for byte. */
  outputs: z.array(z.strictObject({ file: z.string(), legacy: z.string(), latest: z.string() })).min(1),
});

/** What all processes of one run may take together. */
export const runLimitsSchema = z.strictObject({
  memoryMiB: z.number().int().positive().optional(),
  /** What its files may take, and what it may write. */
  diskMiB: z.number().int().positive().default(8192),
  /** Processes and threads at one time. */
  processes: z.number().int().positive().default(1024),
});
export type UseCaseLimits = z.infer<typeof runLimitsSchema>;
export const USUAL_LIMITS: UseCaseLimits = runLimitsSchema.parse({});

/** What one flavor is given beside what both are. */
const flavorSettingsSchema = z.strictObject({
  /** False: this flavor has no such use case. */
  runs: z.boolean().default(true),
  /** Added to the use case's `environment`. */
  environment: z.record(z.string(), z.string()).default({}),
  /** Added to the end of `run`. */
  arguments: z.array(z.string()).default([]),
});

export const flavorsSchema = z.strictObject({ legacy: flavorSettingsSchema.prefault({}), latest: flavorSettingsSchema.prefault({}) });

/** A file that must be there before the first run. */
export const declaredInputSchema = z.strictObject({
  /** Below the configuration's folder, or `{inputs}/…` for one that `prepare` makes. */
  file: z.string().min(1),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits")
    .optional(),
});
export type DeclaredInput = z.infer<typeof declaredInputSchema>;

export const useCaseSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be kebab-case"),
  name: z.string().min(1),
  owner: z.string().min(1),
  purpose: z.string().min(1),
  /** Makes the inputs into {inputs}; run once for both flavors. Placeholders: {inputs} {root}. */
  prepare: z.array(z.array(z.string()).min(1)).default([]),
  /** Files the run reads; checked before it. */
  inputs: z.array(declaredInputSchema).default([]),
  /** Runs one flavor. Placeholders: {program} {flavor} {inputs} {out} {root}. Its last line on stdout is JSON. */
  run: z.array(z.string()).min(1),
  /** Files the run writes into {out}, kept and compared. */
  outputs: z.array(z.string()).default([]),
  /** How far an output of the latest flavor may lie from that of the legacy one; those not named are kept and not compared. */
  tolerance: z.record(z.string(), toleranceSchema).default({}),
  metrics: z.array(metricSchema).min(1),
  /** Runs both flavors in one process; what it writes must equal the outputs of the single runs. */
  both: bothSchema.optional(),
  /** Added to the environment of every run, as field trials and other switches are given. */
  environment: z.record(z.string(), z.string()).default({}),
  /** Which flavors have this use case, and what each is given beside. */
  flavors: flavorsSchema.prefault({}),
  /** Beyond these a run is killed with all it started, and counts as crashed. */
  limits: runLimitsSchema.prefault({}),
  timeoutSeconds: z.number().positive().default(60),
});
export type UseCase = z.infer<typeof useCaseSchema>;
/** As it is written, without defaults. */
export type UseCaseInput = z.input<typeof useCaseSchema>;

export const verdictSchema = z.enum(["better", "no worse", "inconclusive", "worse", "crashed"]);
export type Verdict = z.infer<typeof verdictSchema>;

/** What the pairs of runs of a measured metric say, and could have said. In percent of legacy when `relative`, else in `unit`. */
export const pairStatisticsSchema = z.strictObject({
  pairs: z.number().int(),
  relative: z.boolean(),
  /** Latest against legacy: the mean over the pairs, and the interval that holds the true change with probability 0.95. */
  change: z.number(),
  low: z.number(),
  high: z.number(),
  /** Chance of pairs like these if latest were worse by no more than the margin, over all metrics of the comparison (Holm). */
  pWorse: z.number(),
  /** The smallest change for the worse that this comparison calls worse four times out of five. */
  detectable: z.number(),
});
export type PairStatistics = z.infer<typeof pairStatisticsSchema>;

export const metricResultSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  unit: z.string(),
  direction: z.enum(["higher", "lower", "target"]),
  margin: z.number(),
  relative: z.boolean(),
  legacy: z.number().nullable(),
  latest: z.number().nullable(),
  verdict: z.enum(["better", "no worse", "inconclusive", "worse", "not measured"]),
  /** Of a measured metric with at least three pairs. */
  statistics: pairStatisticsSchema.optional(),
});
export type MetricResult = z.infer<typeof metricResultSchema>;

export const useCaseResultSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  owner: z.string(),
  purpose: z.string(),
  /** From the metrics that do not depend on the machine's day. */
  verdict: verdictSchema,
  /** For `crashed`: which flavor and how ("latest: signal SIGSEGV"). */
  detail: z.string(),
  /** For `crashed`: the frames of the first crash, innermost first, where a sanitizer or a debugger told them. */
  stack: z.array(z.string()).default([]),
  metrics: z.array(metricResultSchema),
  /** Outputs with a tolerance: one beyond it is worse, whatever the metrics say. */
  compared: z.array(outputComparisonSchema).default([]),
  /** Digest of each output per flavor. */
  outputs: z.array(z.strictObject({ flavor: z.string(), file: z.string(), sha256: z.string() })),
  /** Command lines, one per flavor, that repeat this run by hand. */
  commands: z.array(z.string()),
});
export type UseCaseResult = z.infer<typeof useCaseResultSchema>;

/** The part of a use case's result that another run on another day need not repeat. */
export const useCaseMeasurementSchema = z.strictObject({
  id: z.string(),
  repeats: z.number().int(),
  metrics: z.array(metricResultSchema),
  /** Over all metrics, measured ones included. */
  verdict: verdictSchema,
});
export type UseCaseMeasurement = z.infer<typeof useCaseMeasurementSchema>;

/** Both flavors alive in one process: did each write the same bytes as alone? */
export const jointResultSchema = z.strictObject({
  id: z.string(),
  status: z.enum(["equal", "differs", "refused", "crashed"]),
  /** Files compared. */
  files: z.number().int(),
  /** For all but `equal`: what and where; `refused`: an output of a single run had failed its comparison, so that nothing is held against it. */
  detail: z.string(),
});
export type JointResult = z.infer<typeof jointResultSchema>;
