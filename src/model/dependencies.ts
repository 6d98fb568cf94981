/** Owns which other projects the library takes in, and how that changed between the releases. */
import { z } from "zod";

export const dependencySchema = z.strictObject({
  /** Folder in the tree, or a key of DEPS. */
  name: z.string(),
  /** How it is known. */
  how: z.enum(["compiled", "DEPS", "submodule"]),
  /** Of DEPS the revision, of what is compiled the number of files. */
  at: z.string(),
});
export type Dependency = z.infer<typeof dependencySchema>;

export const dependencyChangesSchema = z.strictObject({
  removed: z.array(dependencySchema),
  added: z.array(dependencySchema),
  /** At another revision. */
  rolled: z.array(z.strictObject({ name: z.string(), from: z.string(), to: z.string() })),
  /** In both releases. */
  kept: z.number().int(),
});
export type DependencyChanges = z.infer<typeof dependencyChangesSchema>;
