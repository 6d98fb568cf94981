/** Owns what `unfork isolate shared` found: which files of one flavor do not compile against the other's copy of a module. */
import { z } from "zod";

const count = z.number().int().nonnegative();

export const sharedCheckSchema = z.strictObject({
  /** Folders of the modules, relative to the trees. */
  modules: z.array(z.string()),
  /** Absolute path of the tree whose copy both flavors use. */
  owner: z.string(),
  /** Units of the tree that see a module's headers, by their include lines. */
  units: count,
  compiled: count,
  failed: z.array(z.strictObject({ file: z.string(), place: z.string(), reason: z.string(), errors: count })),
  /** Units that the tree's own copy does not compile with either: nothing is said about them. */
  broken: z.array(z.strictObject({ file: z.string(), place: z.string(), reason: z.string(), errors: count })),
});
export type SharedCheck = z.infer<typeof sharedCheckSchema>;
