/** Owns the card of a feature: what cannot be seen from its branches, as it is stored, and the whole as it is shown. */
import { z } from "zod";

import { featureNameSchema } from "./feature.js";

const daySchema = z.string().regex(/^\d{4}-\d\d-\d\d$/, "a day is wanted, as in 2026-03-09");

/** Whether upstream knows of the feature: `sent` with the address of the review, `in-upstream` with upstream's commit. */
export const upstreamStateSchema = z.discriminatedUnion("state", [
  z.strictObject({ state: z.literal("never") }),
  z.strictObject({ state: z.literal("sent"), url: z.url("an address is wanted, as in https://…").nullable() }),
  z.strictObject({ state: z.literal("in-upstream"), commit: z.string().regex(/^[0-9a-f]{7,40}$/, "a commit's id is wanted") }),
]);
export type CardUpstream = z.infer<typeof upstreamStateSchema>;

/** The same as it is shown: where a port told it of a project's release, no commit is known but the release. */
export const shownUpstreamSchema = z.discriminatedUnion("state", [
  z.strictObject({ state: z.literal("never") }),
  z.strictObject({ state: z.literal("sent"), url: z.string().nullable() }),
  z.strictObject({
    state: z.literal("in-upstream"),
    commit: z.string().nullable(),
    release: z.string().nullable(),
    /** Who says so: the card, or a port's evidence. */
    from: z.enum(["card", "port"]),
  }),
]);
export type ShownUpstream = z.infer<typeof shownUpstreamSchema>;

export const purposeSchema = z.string().trim().min(10, "say in a sentence why this feature exists");
export const ownerSchema = z.string().trim().min(1, "a feature without an owner is refused");

/** What `features/<name>.json` holds. */
export const featureCardSchema = z.strictObject({
  name: featureNameSchema,
  purpose: purposeSchema,
  owner: ownerSchema,
  upstream: upstreamStateSchema,
  created: daySchema,
  reviewed: daySchema.nullable(),
  /** Sentences: what somebody who ports it has to know. */
  traps: z.array(z.string().min(1)),
  /** Per release the commit that the branch starts from, where no `base/<release>` tells. */
  starts: z.record(z.string(), z.string().regex(/^[0-9a-f]{40}$/)),
});
export type StoredCard = z.infer<typeof featureCardSchema>;

export const releaseStateSchema = z.strictObject({
  release: z.string(),
  /** `there`; on a release that has a base also `upstreamed` (upstream has it), `dropped` (left out by hand), or `absent`. */
  state: z.enum(["there", "upstreamed", "dropped", "absent"]),
  commit: z.string().nullable(),
  /** Commits of its own. */
  patches: z.number().int().nonnegative(),
});
export type ReleaseState = z.infer<typeof releaseStateSchema>;

/** One feature as `list` shows it. */
export const featureLineSchema = z.strictObject({
  name: z.string(),
  purpose: z.string().nullable(),
  owner: z.string().nullable(),
  /** `branch`: of the repository; `folder`: of the project's folder of features, with or without branches. */
  kind: z.enum(["branch", "folder"]),
  dependsOn: z.array(z.string()),
  upstream: shownUpstreamSchema,
  created: daySchema.nullable(),
  ageDays: z.number().int().nullable(),
  reviewed: daySchema.nullable(),
  traps: z.array(z.string()),
  /** Layers that it touches; only in a project that lists some. */
  layers: z.array(z.string()).optional(),
  /** Conflicts so far, each once, settled or open; and patches that somebody left out. */
  conflicts: z.number().int().nonnegative(),
  /** Those that wait for somebody. */
  openConflicts: z.number().int().nonnegative(),
  releases: z.array(releaseStateSchema),
  /** Sentences: what makes it stale; empty when nothing does. */
  stale: z.array(z.string()),
});
export type FeatureLine = z.infer<typeof featureLineSchema>;

/** What `unfork patch list --json` prints. */
export const featureListSchema = z.strictObject({
  repository: z.string(),
  /** Oldest first. */
  releases: z.array(z.string()),
  features: z.array(featureLineSchema),
});
export type FeatureList = z.infer<typeof featureListSchema>;

export const touchedFileSchema = z.strictObject({
  path: z.string(),
  added: z.number().int(),
  removed: z.number().int(),
  /** Functions whose lines are changed, as far as they can be told. */
  functions: z.array(z.string()),
});
export type TouchedFile = z.infer<typeof touchedFileSchema>;

/** What `unfork patch show --json` prints. */
export const featureDetailSchema = featureLineSchema.extend({
  /** The release that files and patches are told for; null where it is on none. */
  release: z.string().nullable(),
  files: z.array(touchedFileSchema),
  patches: z.array(z.strictObject({ commit: z.string(), subject: z.string(), author: z.string(), date: z.string() })),
});
export type FeatureDetail = z.infer<typeof featureDetailSchema>;
