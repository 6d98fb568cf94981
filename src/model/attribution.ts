/** Owns what a bisection finds: which of upstream's commits, or which feature, brought a difference in. */
import { z } from "zod";

const figureSchema = z.union([z.number(), z.null(), z.string()]);

const movedSchema = z.strictObject({ name: z.string(), before: z.number(), after: z.number() });

/** A commit of upstream's (its id, subject, author and day of authorship) or a feature (its name, purpose and owner). */
export const suspectSchema = z.strictObject({
  kind: z.enum(["commit", "feature"]),
  id: z.string(),
  title: z.string(),
  who: z.string(),
  /** Of a commit, ISO 8601. */
  date: z.string().nullable(),
});
export type Suspect = z.infer<typeof suspectSchema>;

export const changeSchema = z.strictObject({
  /** In percent of the reference when `relative`, else in the metric's unit; with the interval that holds it at the stated confidence. */
  value: z.number(),
  low: z.number(),
  high: z.number(),
  relative: z.boolean(),
  pairs: z.number().int(),
});
export type Change = z.infer<typeof changeSchema>;

export const culpritSchema = z.strictObject({
  /** `step`: one place. Else several, and why it is no narrower. */
  status: z.enum(["step", "unmeasurable", "spread", "unsettled"]),
  suspects: z.array(suspectSchema).min(1),
  /** The figure before and after it: a number, null for none, or how the run crashed. */
  before: figureSchema,
  after: figureSchema,
  change: changeSchema,
  verdict: z.enum(["regression", "gain", "cost shift", "change"]),
  /** For a cost shift: where the work came from. */
  movedFrom: z.array(movedSchema),
  /** Functions that changed most, under callgrind; parts of the run in percent. */
  functions: z.array(z.strictObject({ name: z.string(), percentOfRun: z.number() })),
  notes: z.array(z.string()),
});
export type Culprit = z.infer<typeof culpritSchema>;

export const attributionSchema = z.strictObject({
  subject: z.string(),
  metric: z.string(),
  unit: z.string(),
  /**
   * `no difference`: there is nothing to explain. `unexplained`: neither upstream nor features hold the difference. `unmeasured`: an end
   * does not build, or gives no figure, so that nobody knows.
   */
  status: z.enum(["found", "no difference", "unexplained", "unmeasured"]),
  /** Between what, as in "v1" and "v2". */
  from: z.string(),
  to: z.string(),
  before: figureSchema,
  after: figureSchema,
  whole: changeSchema.nullable(),
  /** As `usecase compare` judges the same runs; null where no metric of the use case is looked at. */
  verdict: z.string().nullable(),
  culprits: z.array(culpritSchema),
  /** Part of the difference that the culprits hold. */
  explained: z.number(),
  /** Lower bound of the chance that no answer on the way was false; 1 where the figures were the same each time. */
  confidence: z.number(),
  answers: z.number().int(),
  builds: z.strictObject({ made: z.number().int(), kept: z.number().int(), failed: z.number().int() }),
  notes: z.array(z.string()),
});
export type Attribution = z.infer<typeof attributionSchema>;
