/** Owns what isolation is asked to do and what it did. */
import { z } from "zod";

export const isolationPlanSchema = z.strictObject({
  /** External namespaces; each becomes `<ns>_<flavor>`. */
  namespaces: z.array(z.string().regex(/^[A-Za-z_]\w*$/, "must be one C++ identifier")).default([]),
  /** Globs over identifiers at global scope (C functions, variables, types, macros that build them) that get `_<flavor>`. */
  names: z.array(z.string().min(1)).default([]),
  /** Globs over identifiers that must stay as they are. */
  keep: z.array(z.string().min(1)).default([]),
  /** Globs over files, relative to the tree, that are rewritten; default: every C-family file. */
  files: z.array(z.string().min(1)).default([]),
  /** Globs over files that are left as they are, and whose names nobody renames: a module both flavors share. */
  exclude: z.array(z.string().min(1)).default([]),
});
export type IsolationPlan = z.infer<typeof isolationPlanSchema>;

export const isolationResultSchema = z.strictObject({
  flavor: z.string(),
  release: z.string(),
  /** Absolute path of the isolated tree. */
  path: z.string(),
  /** Digest over path, mode and content of every file. */
  digest: z.string(),
  files: z.number().int(),
  changedFiles: z.number().int(),
  bytes: z.number().int(),
  edits: z.number().int(),
  /** Every renamed namespace with the number of tokens changed. */
  namespaces: z.array(z.strictObject({ from: z.string(), to: z.string(), edits: z.number().int() })),
  /** Every renamed global name with the number of tokens changed. */
  names: z.array(z.strictObject({ from: z.string(), to: z.string(), edits: z.number().int() })),
  /** Tokens that could not be decided: left as they are. */
  undecided: z.array(z.strictObject({ file: z.string(), line: z.number().int(), token: z.string(), why: z.string() })),
});
export type IsolationResult = z.infer<typeof isolationResultSchema>;
