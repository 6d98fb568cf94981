/** Owns the manifest that a generated shim carries beside its files (`shim.json`): what it covers, and which of the library's names became which. */
import { z } from "zod";

export const shimItemKindSchema = z.enum([
  "class",
  "struct",
  "method",
  "constructor",
  "field",
  "enum",
  "enumerator",
  "function",
  "constant",
  "typedef",
  "macro",
  "converter",
]);
export type ShimItemKind = z.infer<typeof shimItemKindSchema>;

export const shimItemSchema = z.strictObject({
  kind: shimItemKindSchema,
  /** In the shim: `webrtc_shim::AudioProcessing::ProcessStream(...)`. */
  name: z.string(),
  status: z.enum(["generated", "hand-written", "unsupported"]),
  /** Why it is not generated; of a generated one what a caller has to know, or "". */
  reason: z.string(),
  /** Where either release declares it, `file:line`, or null. */
  legacy: z.string().nullable(),
  latest: z.string().nullable(),
});
export type ShimItem = z.infer<typeof shimItemSchema>;

const inputSchema = z.strictObject({ file: z.string(), digest: z.string() });

export const shimManifestSchema = z.strictObject({
  format: z.literal("unfork-shim"),
  version: z.literal(1),
  /** `webrtc`: the shim's namespace is `webrtc_shim`. */
  library: z.string(),
  namespace: z.string(),
  flavors: z.tuple([z.strictObject({ name: z.string(), release: z.string() }), z.strictObject({ name: z.string(), release: z.string() })]),
  /** Names as either release spells them (upstream's spelling, without a flavor's suffix), by their names in the shim. `from` with `::` for nested ones. */
  names: z.array(
    z.strictObject({
      from: z.string(),
      to: z.string(),
      kind: z.enum(["class", "struct", "interface", "enum", "enumerator", "function", "constant", "typedef", "macro"]),
      /** Shim header, as `#include` names it. */
      header: z.string(),
    }),
  ),
  /** Names of the surface that the shim lacks, with the reason. */
  missing: z.array(z.strictObject({ from: z.string(), reason: z.string() })),
  /** Headers of either release, as `#include` names them, by the shim's. */
  headers: z.array(z.strictObject({ from: z.string(), to: z.string() })),
  items: z.array(shimItemSchema),
  /** Generated files, relative to the manifest, with the SHA-256 of what was generated. */
  files: z.array(z.strictObject({ path: z.string(), digest: z.string() })),
  /** What it was generated from, by paths relative to the manifest. */
  inputs: z
    .strictObject({
      snapshots: z.tuple([inputSchema, inputSchema]),
      surface: inputSchema.nullable(),
      /** As --library gave it. */
      library: z.string().nullable(),
      apps: z.array(z.string()),
      /** By flavor, the older one first: the archives that say what is defined. */
      archives: z.tuple([z.array(z.string()), z.array(z.string())]).default([[], []]),
    })
    .optional(),
});
export type ShimManifest = z.infer<typeof shimManifestSchema>;
