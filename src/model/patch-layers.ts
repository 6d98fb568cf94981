/** Owns what the work on several layers says: pins, fates and candidates, and what of it the root's notes keep. */
import { z } from "zod";

import { featureLineSchema } from "./feature-card.js";
import { patchExportSchema } from "./patch-export.js";
import { patchOutcomeSchema, patchStatusSchema } from "./patch.js";

const commitSchema = z.string().regex(/^[0-9a-f]{40}$/);

/** What became of a feature, or of a series, on the new release. */
export const stackFateSchema = z.enum(["ported", "upstreamed", "dropped", "waiting"]);
export type StackFate = z.infer<typeof stackFateSchema>;

export const layerStackSchema = z.strictObject({
  /** The feature, or the layer's name for its series. */
  name: z.string(),
  owner: z.string().nullable(),
  kind: z.enum(["feature", "series"]),
  dependsOn: z.array(z.string()),
  /** `ported`: all of it; `upstreamed`: upstream has it; `dropped`: nothing is left of it; `waiting`: some patch is in conflict, or what it builds on is. */
  fate: stackFateSchema,
  /** Commits: `base..tip` onto `onto`; null where it waits for another. */
  base: z.string(),
  tip: z.string(),
  onto: z.string().nullable(),
  commit: z.string().nullable(),
  /** Where the branch stands that a port of these layers made, on the new release; null where there is none. */
  branch: z.string().nullable(),
  /** The port's name, for `patch edit` and `continue` in that repository. */
  port: z.string(),
  /** Branch or ref that holds the result; null where there is none. */
  ref: z.string().nullable(),
  summary: z.record(patchStatusSchema, z.number().int().nonnegative()),
  patches: z.array(patchOutcomeSchema),
});
export type LayerStack = z.infer<typeof layerStackSchema>;

const pinSchema = z.strictObject({
  commit: commitSchema,
  /** "DEPS src/third_party/libyuv", "submodule third_party/abseil-cpp", "releases". */
  by: z.string(),
});

export const portedLayerSchema = z.strictObject({
  name: z.string(),
  repo: z.string(),
  /** "." for the root. */
  path: z.string(),
  from: pinSchema,
  to: pinSchema,
  upstream: z.strictObject({
    /** Upstream's commits that the new pin has and the old one lacks, and the other way around. */
    gained: z.number().int().nonnegative(),
    lost: z.number().int().nonnegative(),
  }),
  stacks: z.array(layerStackSchema),
  /** Features of an earlier port that the old release has no longer; their branches are there, and the candidate takes them. */
  left: z.array(z.string()),
});
export type PortedLayer = z.infer<typeof portedLayerSchema>;

/** What `unfork patch port --layers --json` prints. */
export const layersPortSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  /** Refs were moved: not with --dry-run. */
  written: z.boolean(),
  summary: z.record(patchStatusSchema, z.number().int().nonnegative()),
  /** The root first. */
  layers: z.array(portedLayerSchema),
});
export type LayersPort = z.infer<typeof layersPortSchema>;

/** What `layers/<release>.json` in the root's notes holds. */
export const layersStateSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  layers: z.array(
    z.strictObject({
      name: z.string(),
      path: z.string(),
      pins: z.strictObject({ from: commitSchema, to: commitSchema }),
      stacks: z.array(
        layerStackSchema.pick({
          name: true,
          owner: true,
          kind: true,
          fate: true,
          base: true,
          tip: true,
          onto: true,
          commit: true,
          branch: true,
          summary: true,
        }),
      ),
    }),
  ),
});
export type LayersState = z.infer<typeof layersStateSchema>;
export type LayerState = LayersState["layers"][number];

/** What `unfork patch list --layers --json` prints. */
export const layersListSchema = z.strictObject({
  /** Oldest first. */
  releases: z.array(z.string()),
  layers: z.array(
    z.strictObject({
      name: z.string(),
      repo: z.string(),
      path: z.string(),
      pins: z.array(pinSchema.extend({ release: z.string() })),
      /** Releases that have no pin of it here, and why. */
      missing: z.array(z.strictObject({ release: z.string(), why: z.string() })),
      /** Paths of what they change count from the layer's own root. */
      features: z.array(featureLineSchema),
      series: z.array(z.strictObject({ release: z.string(), commit: commitSchema, patches: z.number().int().nonnegative() })),
    }),
  ),
  /** What the ports of these layers left, by release. */
  ports: z.array(layersStateSchema),
});
export type LayersList = z.infer<typeof layersListSchema>;

/** What `unfork patch export --layers --json` prints. */
export const layersExportSchema = z.strictObject({
  out: z.string(),
  exports: z.array(patchExportSchema.extend({ layer: z.string(), path: z.string() })),
});
export type LayersExport = z.infer<typeof layersExportSchema>;

const ownedSchema = z.strictObject({ name: z.string(), owner: z.string().nullable() });

export const layerCandidateSchema = z.strictObject({
  name: z.string(),
  repo: z.string(),
  path: z.string(),
  pin: commitSchema,
  /** The candidate, without features that clash. */
  commit: commitSchema,
  tree: commitSchema,
  ref: z.string().nullable(),
  features: z.array(ownedSchema),
  /** Where the root's candidate carries it: "DEPS src/third_party/libyuv"; null where nothing in the root's tree changes. */
  carriedBy: z.string().nullable(),
});
export type LayerCandidate = z.infer<typeof layerCandidateSchema>;

export const layerClashSchema = z.strictObject({
  layer: z.string(),
  /** The one that cannot be merged first. */
  features: z.array(ownedSchema),
  files: z.array(z.string()),
  what: z.string(),
});
export type LayerClash = z.infer<typeof layerClashSchema>;

/** What `unfork patch candidate --layers --json` prints. */
export const layersCandidateSchema = z.strictObject({
  release: z.string(),
  written: z.boolean(),
  layers: z.array(layerCandidateSchema),
  clashes: z.array(layerClashSchema),
});
export type LayersCandidate = z.infer<typeof layersCandidateSchema>;
