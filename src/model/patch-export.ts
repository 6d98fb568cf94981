/** Owns what the export of a feature says. */
import { z } from "zod";

/** What `unfork patch export --json` prints. */
export const patchExportSchema = z.strictObject({
  feature: z.string(),
  release: z.string(),
  format: z.string(),
  /** The layer whose files alone are exported, with paths from its root; only where one was asked for. */
  layer: z.string().optional(),
  out: z.string(),
  /** Oldest first. */
  commits: z.array(z.string()),
  /** Names in the folder, in the order of the patches. */
  files: z.array(z.string()),
});
export type PatchExport = z.infer<typeof patchExportSchema>;
