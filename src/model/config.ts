/** Owns the shape of `unfork.config.*`. */
import { z } from "zod";

import { sharedNamesSchema } from "./audit.js";
import { buildSchema } from "./build.js";
import { isolationPlanSchema } from "./isolation.js";
import { releaseSchema } from "./source.js";

const flavorConfigSchema = z.strictObject({
  release: z.string().describe("id of one of upstream.releases"),
  isolate: isolationPlanSchema.describe("namespaces and global names of this release that get the flavor's suffix"),
});

export const configSchema = z
  .strictObject({
    $schema: z.string().optional(),
    library: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, "must be a name like webrtc")
      .describe("the library's name, used in the report and in refs"),
    upstream: z.strictObject({ releases: z.array(releaseSchema).min(1) }),
    flavors: z.strictObject({ legacy: flavorConfigSchema, latest: flavorConfigSchema }),
    shared: z
      .strictObject({ symbols: z.array(sharedNamesSchema).default([]) })
      .default({ symbols: [] })
      .describe("names that both flavors may define, each with the reason"),
    build: buildSchema,
    features: z.string().optional().describe("folder of the downstream features, relative to this file"),
    useCases: z
      .strictObject({
        dir: z.string().describe("folder of the use cases (*.yaml), relative to this file"),
        repeat: z.number().int().min(1).max(99).default(5).describe("runs per flavor for what depends on the machine's day"),
      })
      .optional(),
    output: z.string().default(".unfork").describe("where runs, trees, builds and reports go, relative to this file"),
  })
  .superRefine((config, context) => {
    const ids = config.upstream.releases.map((release) => release.id);
    for (const flavor of ["legacy", "latest"] as const) {
      const id = config.flavors[flavor].release;
      if (!ids.includes(id))
        context.addIssue({
          code: "custom",
          path: ["flavors", flavor, "release"],
          message: `names the release '${id}', which upstream.releases does not list`,
          params: { known: ids },
        });
    }
    ids.forEach((id, index) => {
      if (ids.indexOf(id) !== index)
        context.addIssue({ code: "custom", path: ["upstream", "releases", index, "id"], message: `lists the release '${id}' twice` });
    });
  });

/** What a user writes. */
export type UnforkConfigInput = z.input<typeof configSchema>;
/** What the tool works with: defaults filled in. */
export type UnforkConfig = z.infer<typeof configSchema>;
