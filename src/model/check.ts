/** Owns what `unfork check` tells of two trees or two builds. */
import { z } from "zod";

const count = z.number().int().nonnegative();

/** Something that will take a person's time, with how much was assumed for it. */
export const workItemSchema = z.strictObject({
  what: z.string(),
  count,
  minutes: count,
  examples: z.array(z.string()),
});
export type WorkItem = z.infer<typeof workItemSchema>;

export const checkResultSchema = z.strictObject({
  kind: z.enum(["trees", "builds"]),
  sides: z.array(
    z.strictObject({
      path: z.string(),
      /** Files of code, or objects. */
      units: count,
      /** Names that it defines for others to see: at global scope in a tree; all in a build. */
      names: count,
      namespaces: z.array(z.string()),
      /** Tokens that isolation would lengthen; 0 for a build. */
      edits: count,
    }),
  ),
  /** Names of both, by what they are. */
  clashes: z.array(z.strictObject({ what: z.string(), count, examples: z.array(z.string()) })),
  /** What needs a person, most minutes first. */
  work: z.array(workItemSchema),
  /** Sum over `work`. */
  minutes: count,
  /** The commands that come next. */
  next: z.array(z.string()),
});
export type CheckResult = z.infer<typeof checkResultSchema>;
