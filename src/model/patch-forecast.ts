/** Owns what a forecast says: which features would break on upstream's head today, by which commit of whom. */
import { z } from "zod";

import { culpritSchema, patchOutcomeSchema } from "./patch.js";

export const breakSchema = culpritSchema.extend({
  patch: z.string(),
  /** `Name <mail>` of the upstream commit. */
  author: z.string(),
});

/** What `unfork patch forecast --json` prints. */
export const patchForecastSchema = z.strictObject({
  /** Upstream's commit that was ported onto. */
  upstream: z.string(),
  features: z.array(
    z.strictObject({
      name: z.string(),
      owner: z.string().nullable(),
      /** `A..B` as commits. */
      series: z.strictObject({ base: z.string(), tip: z.string() }),
      breaks: z.array(breakSchema),
      patches: z.array(patchOutcomeSchema),
    }),
  ),
});
export type PatchForecast = z.infer<typeof patchForecastSchema>;
