/** Owns what the intake of an existing fork says: the upstream base, the proposed features, the noise. */
import { z } from "zod";

import { featureNameSchema } from "./feature.js";

const count = z.number().int().nonnegative();

/** Differences that nobody has to port, and files that are none. */
export const INTAKE_NOISE_KINDS = [
  "line-ends",
  "keywords",
  "white-space",
  "mode",
  "generated",
  "vendoring",
  "submodule",
  "removed",
  "beside",
] as const;
export const intakeNoiseKindSchema = z.enum(INTAKE_NOISE_KINDS);
export type IntakeNoiseKind = z.infer<typeof intakeNoiseKindSchema>;

export const intakeCommitSchema = z.strictObject({ commit: z.string(), subject: z.string(), author: z.string() });
export type IntakeCommit = z.infer<typeof intakeCommitSchema>;

export const intakeFileSchema = z.strictObject({
  /** Upstream's path; of a moved file the new one. */
  path: z.string(),
  change: z.enum(["modified", "added", "removed", "moved"]),
  /** Upstream's path of a moved file, else null. */
  from: z.string().nullable(),
  added: count,
  removed: count,
});
export type IntakeFile = z.infer<typeof intakeFileSchema>;

export const proposedFeatureSchema = z.strictObject({
  name: featureNameSchema,
  /** Null: a person has to say why. */
  purpose: z.string().nullable(),
  /** `Name <mail>`, or null. */
  owner: z.string().nullable(),
  /** Why these belong together, as a sentence. */
  because: z.string(),
  files: z.array(intakeFileSchema),
  added: count,
  removed: count,
  /** The fork's own commits, oldest first; none for a tree. */
  commits: z.array(intakeCommitSchema),
});
export type ProposedFeature = z.infer<typeof proposedFeatureSchema>;

export const intakeNearSchema = z.strictObject({
  commit: z.string(),
  date: z.string(),
  subject: z.string(),
  /** Files of the fork with the same content there. */
  identical: count,
  /** Lines that differ in the files that both have. */
  lines: count,
});
export type IntakeNear = z.infer<typeof intakeNearSchema>;

export const intakeBaseSchema = z.strictObject({
  commit: z.string(),
  date: z.string(),
  subject: z.string(),
  /** As `git describe` tells it: the tag before it, and how many commits lie between; null where there is none. */
  describe: z.strictObject({ tag: z.string(), after: count }).nullable(),
  /** `history`: the newest upstream commit in the fork's own history. `tree`: the commit with the nearest tree. */
  how: z.enum(["history", "tree"]),
  /** `certain`: by history, or by a tree with nearly all files the same where no other commit is as near; `likely`; `doubtful`: less than half of the files are the same. */
  sure: z.enum(["certain", "likely", "doubtful"]),
  /** Folders of the fork and where they lie in upstream; empty is the top. */
  layout: z.array(z.strictObject({ fork: z.string(), upstream: z.string() })),
  /** Files that both have, and those of them that are the same but for line ends, keywords and white space. */
  common: count,
  identical: count,
  /** Commits that fit just as well, oldest and newest; null when the base is the only one. */
  same: z.strictObject({ count, oldest: intakeNearSchema, newest: intakeNearSchema }).nullable(),
  runnersUp: z.array(intakeNearSchema),
  /** Other upstream commits that the fork came from or merged. */
  merged: z.array(z.string()),
});
export type IntakeBase = z.infer<typeof intakeBaseSchema>;

export const intakeNoiseSchema = z.strictObject({
  kind: intakeNoiseKindSchema,
  files: count,
  /** Files by folder, most first. */
  folders: z.array(z.strictObject({ folder: z.string(), files: count })),
  paths: z.array(z.string()),
});
export type IntakeNoise = z.infer<typeof intakeNoiseSchema>;

/** What `unfork patch intake --json` prints. */
export const patchIntakeSchema = z.strictObject({
  fork: z.strictObject({
    path: z.string(),
    kind: z.enum(["history", "tree"]),
    /** The commit that was looked at; null for a folder. */
    tip: z.string().nullable(),
    files: count,
  }),
  upstream: z.strictObject({
    path: z.string(),
    /** Those looked at; none: all branches and tags. */
    refs: z.array(z.string()),
    commits: count,
    shallow: z.boolean(),
  }),
  /** Null: the fork has neither a commit nor a file of upstream. */
  base: intakeBaseSchema.nullable(),
  features: z.array(proposedFeatureSchema),
  /** Commits that undo each other, or of which nothing is left. */
  cancelled: z.array(z.strictObject({ because: z.string(), commits: z.array(intakeCommitSchema) })),
  noise: z.array(intakeNoiseSchema),
  /** Sentences a person should read: a shallow clone, files passed over, merges. */
  notes: z.array(z.string()),
  summary: z.strictObject({ features: count, files: count, added: count, removed: count, commits: count, noise: count }),
  /** Files that --out wrote, or null. */
  written: z.array(z.string()).nullable(),
});
export type PatchIntake = z.infer<typeof patchIntakeSchema>;
