/** Owns the layers file: the repositories that a fork has features in, and how the root's releases pin them. */
import { z } from "zod";

const nameSchema = z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, "must be a name like libyuv");

const pathSchema = z
  .string()
  .min(1)
  .refine(
    (path) => !path.split("/").some((part) => part === "" || part === "." || part === ".."),
    "must be a relative path without '.' and '..'",
  );

const refsSchema = z.record(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]*$/, "must be a label like M120"), z.string().min(1));

const common = {
  name: nameSchema,
  repo: z.string().min(1).describe("a git repository, relative to this file"),
  series: z
    .string()
    .min(1)
    .optional()
    .describe("the tip of all patches on the old release, where {release} stands for its label; default: branches <feature>/<release>"),
  owner: z.string().min(1).optional().describe("who answers for the series"),
};

const inRoot = {
  ...common,
  path: pathSchema.describe("where it stands in the root's tree"),
  inside: nameSchema.optional().describe("the layer inside of which it is checked out"),
};

const depsLayerSchema = z.strictObject({
  ...inRoot,
  pin: z.literal("deps").describe("an entry of the root's DEPS file"),
  key: z.string().min(1).optional().describe("the entry; default: src/<path>, or <path>"),
  file: pathSchema.default("DEPS").describe("the file, in the root's tree"),
});

const submoduleLayerSchema = z.strictObject({ ...inRoot, pin: z.literal("submodule").describe("a submodule of the root") });

const tableLayerSchema = z.strictObject({
  ...inRoot,
  pin: z.literal("table").describe("what `releases` says"),
  releases: refsSchema.describe("per release a ref or commit of this repository"),
});

export const layersFileSchema = z.strictObject({
  $schema: z.string().optional(),
  root: z.strictObject({
    ...common,
    releases: refsSchema.default({}).describe("per release a ref or commit; default: the branch base/<release>"),
  }),
  layers: z.array(z.discriminatedUnion("pin", [depsLayerSchema, submoduleLayerSchema, tableLayerSchema])),
});

export type LayersFile = z.infer<typeof layersFileSchema>;
export type RootLayer = LayersFile["root"];
export type PinnedLayer = LayersFile["layers"][number];
