/** Owns what the merging of features into a release candidate says. */
import { z } from "zod";

const namedSchema = z.strictObject({ name: z.string(), owner: z.string() });

/** What `unfork patch candidate --json` prints. */
export const patchCandidateSchema = z.strictObject({
  release: z.string(),
  /** The ref that was moved; null where features clash, and with --dry-run. */
  ref: z.string().nullable(),
  base: z.string(),
  /** The candidate, without the features that clash. */
  commit: z.string(),
  tree: z.string(),
  /** In the order of their merges. */
  features: z.array(z.strictObject({ name: z.string(), owner: z.string(), commit: z.string(), dependsOn: z.array(z.string()) })),
  clashes: z.array(z.strictObject({ feature: namedSchema, others: z.array(namedSchema), files: z.array(z.string()) })),
});
export type PatchCandidate = z.infer<typeof patchCandidateSchema>;
