/** Owns what is told of one patch of a port. */
import { z } from "zod";

import { auditedPatchSchema } from "./patch-audit.js";
import { patchOutcomeSchema } from "./patch.js";

/** What `unfork patch why --json` prints. */
export const patchWhySchema = z.strictObject({
  port: z.string(),
  outcome: patchOutcomeSchema,
  /** Why lines are left out, as somebody said. */
  explanation: z.string().nullable(),
  /** Lines that are not simply present or upstreamed. */
  lines: auditedPatchSchema.shape.findings,
  /** `git range-diff` of the patch before and after; null where it was dropped or is in conflict. */
  difference: z.string().nullable(),
  /** When the port was run, and how it ended; ISO 8601. */
  history: z.array(z.strictObject({ at: z.string(), what: z.string() })),
});
export type PatchWhy = z.infer<typeof patchWhySchema>;
