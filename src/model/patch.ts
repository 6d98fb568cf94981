/** Owns what the porting of a stack of patches says: one outcome per patch, and the whole of a port. */
import { z } from "zod";

import { PATCH_STATUSES } from "./patch-status.js";

export const patchStatusSchema = z.enum(PATCH_STATUSES);

/** The upstream commit that brought a conflict in a file. */
export const culpritSchema = z.strictObject({
  /** Path of the file on the old base. */
  file: z.string(),
  upstreamCommit: z.string(),
  subject: z.string(),
  /** Day of the commit, `YYYY-MM-DD`, UTC. */
  date: z.string(),
});
export type Culprit = z.infer<typeof culpritSchema>;

export const patchOutcomeSchema = z.strictObject({
  /** Commit of the patch in the old stack. */
  patch: z.string(),
  subject: z.string(),
  status: patchStatusSchema,
  /** Its commit on the new base; null where it was dropped or is in conflict. */
  commit: z.string().nullable(),
  /** Files it changes on the new base; for `conflict` and `cascade` those in conflict, for a dropped one those it changed. */
  files: z.array(z.string()),
  culprits: z.array(culpritSchema),
  /** Sentences: why it has this status. */
  evidence: z.array(z.string()),
  /** For `cascade`: the `patch` of the one that has to be settled first; else null. */
  root: z.string().nullable(),
  /** For `upstreamed`: the commit that has it, where one is known. */
  upstream: z.string().optional(),
  /** With --verify-auto: why an `auto` patch, merged without anybody, does not build or pass its tests. */
  fault: z.string().optional(),
});
export type PatchOutcome = z.infer<typeof patchOutcomeSchema>;

/** What `unfork patch port --json` prints. */
export const patchPortSchema = z.strictObject({
  name: z.string(),
  /** The ref that was moved, or null with --dry-run. */
  ref: z.string().nullable(),
  /** `OLD_BASE..TIP` as commits. */
  series: z.strictObject({ base: z.string(), tip: z.string() }),
  onto: z.string(),
  /** Tip of the ported stack and its tree, without the patches that are in conflict. */
  commit: z.string(),
  tree: z.string(),
  summary: z.record(patchStatusSchema, z.number().int().nonnegative()),
  patches: z.array(patchOutcomeSchema),
});
export type PatchPort = z.infer<typeof patchPortSchema>;
