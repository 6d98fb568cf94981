/** Owns the shape of `unfork.config.*`. */
import { z } from "zod";

import { demoteRuleSchema, promoteRuleSchema } from "./shadow.js";
import { advisoriesSchema } from "./security-fixes.js";

import { sharedNamesSchema } from "./audit.js";
import { buildSchema, flavorSchema } from "./build.js";
import { experimentsConfigSchema } from "./experiment-plan.js";
import { verifyCommandsSchema } from "./feature.js";
import { isolationPlanSchema } from "./isolation.js";
import { shimConfigSchema } from "./shim-config.js";
import { releaseSchema } from "./source.js";

const sharedModuleSchema = z.strictObject({
  path: z.string().min(1).describe("folder of the module in the release's tree, as in third_party/abseil-cpp"),
  namespaces: z.array(z.string().min(1)).min(1).describe("namespaces of the module: they keep their names"),
  from: flavorSchema.describe("the flavor whose copy both use"),
  reason: z.string().min(1),
});
export type SharedModule = z.infer<typeof sharedModuleSchema>;

const flavorConfigSchema = z.strictObject({
  release: z.string().describe("id of one of upstream.releases"),
  isolate: isolationPlanSchema.describe("namespaces and global names of this release that get the flavor's suffix"),
});

const seconds = z
  .number()
  .int()
  .min(1)
  .max(7 * 86_400);

/** How conflicts of features are settled, and what looks at the answers. */
export const patchSettingsSchema = z.strictObject({
  verify: verifyCommandsSchema
    .default([])
    .describe("build and tests of a settled feature, run in its tree; {tree} {out} {feature} {release} {root} {jobs}; exit 0 is wanted"),
  verifyTimeout: seconds.default(3600).describe("seconds for each of these commands"),
  verifyAuto: z.boolean().default(false).describe("verify features, too, that were merged without a person"),
  resolver: z.string().min(1).optional().describe("command that settles conflicts: a packet (JSON) in, files (JSON) out"),
  tries: z.number().int().min(1).max(99).default(2).describe("tries of the resolver per conflict"),
  resolverTimeout: seconds.default(600).describe("seconds for each try"),
  layersFile: z
    .string()
    .min(1)
    .optional()
    .describe("layers file of features that are branches in several repositories, relative to this file"),
});
export type PatchSettings = z.infer<typeof patchSettingsSchema>;

const treeLayerSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, "must be a name like libyuv"),
  path: z
    .string()
    .refine(
      (path) => path === "." || !path.split("/").some((part) => part === "" || part === "." || part === ".."),
      "must be '.' or a relative path without '.' and '..'",
    )
    .describe("its folder in the release's tree; '.' for all that no other layer has"),
});

export const configSchema = z
  .strictObject({
    $schema: z.string().optional(),
    library: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, "must be a name like webrtc")
      .describe("the library's name, used in the report and in refs"),
    upstream: z.strictObject({
      releases: z.array(releaseSchema).min(1),
      advisories: advisoriesSchema.optional().describe("where the security fixes between two releases are told"),
    }),
    flavors: z.strictObject({ legacy: flavorConfigSchema, latest: flavorConfigSchema }),
    shared: z
      .strictObject({ symbols: z.array(sharedNamesSchema).default([]), modules: z.array(sharedModuleSchema).default([]) })
      .default({ symbols: [], modules: [] })
      .describe("what both flavors share: names besides the toolchain's own, and modules built once"),
    build: buildSchema,
    shim: shimConfigSchema.optional().describe("the version-neutral API over both flavors, generated from their headers"),
    features: z.string().optional().describe("folder of the downstream features, relative to this file"),
    patches: patchSettingsSchema.prefault({}),
    layers: z.array(treeLayerSchema).default([]).describe("parts of the tree that come from repositories of their own, as in DEPS"),
    useCases: z
      .strictObject({
        dir: z.string().describe("folder of the use cases (*.yaml, *.ts), relative to this file"),
        only: z.array(z.string()).min(1).optional().describe("ids of those that a run compares; all where this is left out"),
        repeat: z
          .number()
          .int()
          .min(1)
          .max(99)
          .default(5)
          .describe("pairs of runs at first for what depends on the machine's day; up to four times as many where that settles nothing"),
        promote: promoteRuleSchema.optional().describe("`unfork usecase shadow` moves a use case one stage on after clean runs"),
        demote: demoteRuleSchema.optional().describe("`unfork usecase shadow` moves a use case back when it is worse or crashed"),
      })
      .optional(),
    experiments: experimentsConfigSchema
      .optional()
      .describe("metrics and templates of experiments in the field: `unfork experiment plan` makes one for each use case"),
    sizeVariants: z
      .array(z.strictObject({ name: z.string().min(1), config: z.string().min(1) }))
      .default([])
      .describe("other configurations beside this file, whose program sizes the report shows next to this one's"),
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
    if (config.build.system === "own" && config.shim === undefined) {
      for (const flavor of ["legacy", "latest"] as const)
        if (config.build.program.adapters[flavor].length === 0)
          context.addIssue({
            code: "custom",
            path: ["build", "program", "adapters", flavor],
            message: "names no file: each flavor needs an adapter, unless 'shim' generates it",
          });
    }
    if (config.build.system === "commands" && config.shared.modules.length > 0) {
      context.addIssue({
        code: "custom",
        path: ["shared", "modules"],
        message: "needs build.system 'own': your own build system shares a module by its own means",
      });
    }
    for (const key of ["name", "path"] as const) {
      const values = config.layers.map((layer) => layer[key]);
      values.forEach((value, index) => {
        if (values.indexOf(value) !== index)
          context.addIssue({ code: "custom", path: ["layers", index, key], message: `lists '${value}' twice` });
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
