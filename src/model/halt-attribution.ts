/** Owns what is known of a halt's cause: what lies between the flavors, and how far a lab narrowed it. */
import { z } from "zod";

import { experimentIdSchema } from "./experiment.js";

const commitSchema = z.strictObject({ id: z.string(), subject: z.string() });

/** Upstream's commits between the releases of the two flavors. */
export const commitRangeSchema = z.strictObject({
  /** Where upstream is: URL or path. */
  repository: z.string(),
  from: commitSchema.omit({ subject: true }).extend({ release: z.string() }),
  to: commitSchema.omit({ subject: true }).extend({ release: z.string() }),
  commits: z.number().int().min(0),
  /** Those that touch what the use case's own words name, newest first, some at most. */
  likely: z.array(commitSchema).default([]),
});
export type CommitRange = Readonly<z.infer<typeof commitRangeSchema>>;

/** Downstream's features that the two flavors carry differently. */
export const featureDifferenceSchema = z.strictObject({
  feature: z.string(),
  differs: z.enum(["only in legacy", "only in latest", "other patch"]),
});

export const haltAttributionSchema = z.strictObject({
  experiment: experimentIdSchema,
  useCase: z.string(),
  /** Metrics whose harm halted it. */
  metrics: z.array(z.string()),
  at: z.string(),
  /** Why a part is missing, in sentences. */
  unknown: z.array(z.string()),
  range: commitRangeSchema.optional(),
  features: z.array(featureDifferenceSchema),
  /** `wanted`: a lab may run the command; `found`: it named the cause; `not reproduced`: the lab sees no difference. */
  bisect: z.strictObject({
    status: z.enum(["wanted", "running", "found", "narrowed", "not reproduced", "failed"]),
    /** The command that a lab runs. */
    command: z.array(z.string()),
    job: z.string().optional(),
    /** In words: the commit or feature, or how many candidates are left. */
    result: z.string().optional(),
  }),
});
export type HaltAttribution = Readonly<z.infer<typeof haltAttributionSchema>>;
