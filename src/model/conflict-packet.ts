/** Owns what an external resolver is given for one conflict, and what it answers. */
import { z } from "zod";

import { culpritSchema } from "./patch.js";

/** A file's content: text where it is UTF-8, else base64. Null where a side has no such file. */
const contentSchema = z.union([z.strictObject({ text: z.string() }), z.strictObject({ base64: z.string() })]).nullable();
export type PacketContent = z.infer<typeof contentSchema>;

/** One JSON document on the resolver's stdin. */
export const conflictPacketSchema = z.strictObject({
  version: z.literal(1),
  patch: z.strictObject({
    id: z.string(),
    subject: z.string(),
    /** The whole message: what the patch is for. */
    message: z.string(),
    author: z.string(),
    /** As unified diff, on its old base. */
    diff: z.string(),
  }),
  onto: z.string(),
  conflicts: z.array(
    z.strictObject({
      path: z.string(),
      base: contentSchema,
      /** Upstream's side, with the earlier patches on it. */
      ours: contentSchema,
      /** The patch's side. */
      theirs: contentSchema,
      /** The merge with markers, null for binary content. */
      marked: contentSchema,
    }),
  ),
  /** Upstream's commits that brought the conflict, with their diffs. */
  culprits: z.array(culpritSchema.extend({ diff: z.string() })),
  /** Names of identifiers that the culprits took out of the files in conflict. */
  gone: z.array(z.string()),
  /** Patches that fail only because of this one. */
  cascades: z.array(z.strictObject({ id: z.string(), subject: z.string() })),
  /** What was wrong with the answers before. */
  tries: z.array(z.string()),
});
export type ConflictPacket = z.infer<typeof conflictPacketSchema>;

/** One JSON document on the resolver's stdout. */
export const resolverAnswerSchema = z.strictObject({
  /** Every path in conflict once: its whole content, or `remove`. */
  files: z.array(
    z.union([
      z.strictObject({ path: z.string(), text: z.string() }),
      z.strictObject({ path: z.string(), base64: z.string() }),
      z.strictObject({ path: z.string(), remove: z.literal(true) }),
    ]),
  ),
  /** Why lines of the patch are left out, where some are. */
  explain: z.string().min(1).optional(),
});
export type ResolverAnswer = z.infer<typeof resolverAnswerSchema>;
