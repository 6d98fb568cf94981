/** Owns downstream features: what the team's own changes are, and their fate on a new release. */
import { z } from "zod";

/** Kebab-case; `base` and names that read as a candidate (`r…` before a release) are refused. */
export const featureNameSchema = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "must be kebab-case, as in louder-limiter");

/** One edit of an ed-style script: lines are numbered from 1 in the base file; only our own lines are stored. */
export const editSchema = z.strictObject({
  op: z.enum(["append", "change", "delete"]),
  /** First line; for `append` the line after which the text goes (0 = before the first). */
  from: z.number().int().nonnegative(),
  /** Last line, inclusive; equal to `from` for `append`. */
  to: z.number().int().nonnegative(),
  lines: z.array(z.string()),
});

/** Command lines that look at a feature as it was settled, with {tree} {out} {feature} {release} {root} {jobs}; exit 0 is wanted. */
export const verifyCommandsSchema = z.array(z.array(z.string()).min(1));

export const featureFileSchema = z.strictObject({
  path: z.string(),
  /** SHA-256 of the base file the line numbers refer to; null when the feature adds the file. */
  base: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** Path of the ed script or of the added file, relative to the feature's folder. */
  script: z.string(),
});

/** A recorded resolution: when this feature conflicts on exactly these three contents, this script gives the answer. */
export const resolutionSchema = z.strictObject({
  path: z.string(),
  /** Git blob ids of base, ours (upstream's new file) and theirs (the feature's file); all zeros where a side has no such file. */
  base: z.string(),
  ours: z.string(),
  theirs: z.string(),
  /** Ed script on upstream's new file, relative to the feature's folder; null when the file is to be removed. */
  script: z.string().nullable(),
  /** Why lines of the feature are left out there, where some are. */
  why: z.string().min(1).optional(),
});

/** A release that does without the feature, and why. */
export const skippedReleaseSchema = z.strictObject({
  release: z.string().min(1),
  reason: z.string().trim().min(1, "say why this release does without the feature"),
});

export const featureSchema = z.strictObject({
  name: featureNameSchema,
  purpose: z.string().min(10, "say in a sentence why this feature exists"),
  owner: z.string().min(1, "a feature without an owner is refused"),
  /** The release the scripts were written on. */
  base: z.string(),
  dependsOn: z.array(featureNameSchema).default([]),
  files: z.array(featureFileSchema).min(1),
  resolutions: z.array(resolutionSchema).default([]),
  /** Releases that do without it. */
  skipped: z.array(skippedReleaseSchema).default([]),
  /** Its own build and tests, in the place of the configuration's `patches.verify`; empty: none. */
  verify: verifyCommandsSchema.optional(),
});

export type Feature = z.infer<typeof featureSchema>;
export type FeatureFile = z.infer<typeof featureFileSchema>;
export type Resolution = z.infer<typeof resolutionSchema>;
export type Edit = z.infer<typeof editSchema>;

/**
 * Fate of a feature on a release: `clean` (plain apply would do), `auto` (merged where plain apply fails: moved
 * file, three-way, checked recorded resolution), `upstreamed` (upstream has it: dropped with evidence), `dropped` (a person
 * left it out of this release, with a reason), `conflict`.
 */
export const featureStatusSchema = z.enum(["clean", "auto", "upstreamed", "dropped", "conflict"]);
export type FeatureStatus = z.infer<typeof featureStatusSchema>;

export const featureOutcomeSchema = z.strictObject({
  name: featureNameSchema,
  purpose: z.string(),
  owner: z.string(),
  base: z.string(),
  release: z.string(),
  status: featureStatusSchema,
  /** One sentence: "modules/a.cc moved to api/a.cc; three-way merge". */
  detail: z.string(),
  /** Files of the feature on this release. */
  files: z.array(z.string()),
  /** Commit of `<feature>/<release>`, or null when dropped or in conflict. */
  commit: z.string().nullable(),
  evidence: z.array(z.string()),
  /** Layers of the configuration that its files lie in; only where it lists some. */
  layers: z.array(z.string()).optional(),
  /** For a conflict: the files to edit, as paths the user can open. */
  conflicts: z.array(z.strictObject({ path: z.string(), workFile: z.string() })),
});
export type FeatureOutcome = z.infer<typeof featureOutcomeSchema>;

/** A release with the team's features on it: the candidate `r<release>`. */
export const candidateSchema = z.strictObject({
  release: z.string(),
  /** Commit of the candidate in the patch repository. */
  commit: z.string(),
  /** Git tree id of the candidate. */
  tree: z.string(),
  /** Absolute path of the tree with the features applied, un-renamed. */
  path: z.string(),
  features: z.array(featureOutcomeSchema),
});
export type Candidate = z.infer<typeof candidateSchema>;
