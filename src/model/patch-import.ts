/** Owns what the import of a collection of patches says. */
import { z } from "zod";

/**
 * `clean` (a plain apply does), `merged` (merged three ways where a plain apply fails), `present` (the base has all of it:
 * left out), `incomplete` (only to keep going: without binary files whose content the patch does not hold), `refused`.
 */
export const importStatusSchema = z.enum(["clean", "merged", "present", "incomplete", "refused"]);
export type ImportStatus = z.infer<typeof importStatusSchema>;

export const refusalSchema = z.strictObject({
  /** Path in the tree. */
  file: z.string(),
  /** From 1 on; null where it is not a hunk that has no place. */
  hunk: z.number().int().nullable(),
  /** Where the file's difference begins in the patch: `file:line`. */
  at: z.string(),
  why: z.string(),
});
export type ImportRefusal = z.infer<typeof refusalSchema>;

export const importedPatchSchema = z.strictObject({
  name: z.string(),
  subject: z.string(),
  status: importStatusSchema,
  /** Its commit on the branch; null where it was left out. */
  commit: z.string().nullable(),
  files: z.array(z.string()),
  refusals: z.array(refusalSchema),
});
export type ImportedPatch = z.infer<typeof importedPatchSchema>;

export const importedFeatureSchema = z.strictObject({
  name: z.string(),
  /** What its patches have in common; null for a feature named on the command line. */
  why: z.string().nullable(),
  purpose: z.string(),
  owner: z.string(),
  ref: z.string(),
  /** Tip of the branch; null where no patch is left. */
  commit: z.string().nullable(),
  /** Where the branch stood before. */
  before: z.string().nullable(),
  /** Features on which it stands. */
  dependsOn: z.array(z.string()),
  /** Features whose patches lie between its own on the same files, so that they cannot be told apart. */
  entangledWith: z.array(z.string()),
  /** Proposed features that were joined into it, since patches of both need one another. */
  joined: z.array(z.strictObject({ name: z.string(), because: z.string() })),
  patches: z.array(importedPatchSchema),
});
export type ImportedFeature = z.infer<typeof importedFeatureSchema>;

/** What `unfork patch import --json` prints. */
export const patchImportSchema = z.strictObject({
  source: z.string(),
  /** Of collections their kind (`quilt`, `mozilla`, …), or `range`. */
  kind: z.string(),
  release: z.string(),
  base: z.string(),
  /** Whether refs were moved. */
  written: z.boolean(),
  features: z.array(importedFeatureSchema),
  /** Whether all features merged give the tree of all patches in order; null where that was not asked (one feature, or refusals). */
  sameTogether: z.boolean().nullable(),
  /** Markers of upstream commits that are to change nothing; not imported. */
  markers: z.array(z.strictObject({ name: z.string(), upstreamCommit: z.string(), subject: z.string() })),
  /** Sentences on what was not read or is left out. */
  notes: z.array(z.string()),
});
export type PatchImport = z.infer<typeof patchImportSchema>;
