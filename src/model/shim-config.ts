/** Owns the `shim` part of a configuration: what a project's shim is generated from. */
import { z } from "zod";

const texts = z.array(z.string().min(1));
const perFlavor = z.strictObject({ legacy: texts.default([]), latest: texts.default([]) });

export const shimConfigSchema = z.strictObject({
  surface: z.string().min(1).describe("surface file (YAML or JSON), relative to this file: which part of the API the shim covers"),
  headers: z
    .strictObject({ legacy: texts.min(1), latest: texts.min(1) })
    .describe("headers that each release's API is read from: as #include names them, or paths and globs in the tree"),
  byHand: z
    .string()
    .min(1)
    .optional()
    .describe("folder of what is written by hand, relative to this file; without it the folder of the surface file"),
  language: z.enum(["c", "c++"]).default("c++").describe("what the headers are read as"),
  includeRoots: perFlavor
    .prefault({})
    .describe("further include roots for reading the headers, relative to the tree; those of build.flavors count anyway"),
  flags: perFlavor.prefault({}).describe("further compiler flags for reading the headers; those of build.flavors count anyway"),
});
export type ShimConfig = z.infer<typeof shimConfigSchema>;
