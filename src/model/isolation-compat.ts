/** Owns what `unfork isolate compat` reports: the old names that the compatibility header brings back. */
import { z } from "zod";

export const compatReportSchema = z.strictObject({
  format: z.literal(1),
  flavor: z.string(),
  /** The tree it was made from. */
  tree: z.string(),
  import: z.enum(["using", "alias"]),
  header: z.string(),
  namespaces: z.array(
    z.strictObject({
      old: z.string(),
      new: z.string(),
      /** `tree`: the tree's own; `map`: as told; `older`: found by the names that both releases declare. */
      from: z.enum(["tree", "map", "older"]),
      /** For `older`: names of the old namespace, and how many of them the new one declares. */
      evidence: z.strictObject({ names: z.int(), found: z.int() }).nullable(),
    }),
  ),
  /** The second header, with one line per name outside of namespaces; null when none was asked for. */
  names: z.strictObject({ header: z.string(), count: z.int() }).nullable(),
  /** Names outside of namespaces that the headers declare: served by the second header only. */
  globalNames: z.int(),
  /** Namespaces of the older release that nothing here takes the place of. */
  unmapped: z.array(z.strictObject({ old: z.string(), names: z.int(), best: z.string().nullable(), found: z.int() })),
});
export type CompatReport = z.infer<typeof compatReportSchema>;
