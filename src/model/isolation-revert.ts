/** Owns what `unfork isolate revert` gave back. */
import { z } from "zod";

const count = z.number().int().nonnegative();

export const revertResultSchema = z.strictObject({
  flavor: z.string(),
  release: z.string(),
  /** Absolute path of the tree that bears its old names again. */
  path: z.string(),
  /** Digest over path, mode and content of every file, as isolation gives it. */
  digest: z.string(),
  files: count,
  /** Files that are byte for byte what they were before isolation, each checked by its CRC-32. */
  exact: count,
  /** Files that were edited since isolation: their edits stay, flavored names in them lost the flavor. */
  edited: z.array(
    z.strictObject({
      file: z.string(),
      /** Tokens that lost the flavor. */
      names: count,
      /** Places that isolation changed and that were not found again: edited or deleted since. */
      missing: count,
    }),
  ),
  /** Files that are new since isolation, un-flavored likewise. */
  added: z.array(z.strictObject({ file: z.string(), names: count })),
  /** Files that were deleted since. */
  deleted: z.array(z.string()),
  /** Files that were moved since: from, to. */
  moved: z.array(z.strictObject({ from: z.string(), to: z.string() })),
  /** Identifiers in edited and new files that still hold the flavor: isolation did not rename them. */
  left: z.array(z.strictObject({ file: z.string(), line: count, token: z.string() })),
});
export type RevertResult = z.infer<typeof revertResultSchema>;
