/** Owns what `unfork shim codemod` reports: call sites that move to a shim, those that stay, and why. */
import { z } from "zod";

const placeSchema = z.strictObject({ file: z.string(), line: z.number().int() });
export type CodemodPlace = z.infer<typeof placeSchema>;

/**
 * `use`: a name of the library; `include`, `directive` (`using namespace`), `declaration` (`using a::B`), `alias` (of a namespace),
 * `forward`: a class declared ahead.
 */
export const codemodSiteKindSchema = z.enum(["use", "include", "directive", "declaration", "alias", "forward"]);
export type CodemodSiteKind = z.infer<typeof codemodSiteKindSchema>;

export const codemodLeftSchema = z.strictObject({
  ...placeSchema.shape,
  kind: codemodSiteKindSchema,
  /** As it stands there. */
  name: z.string(),
  /** `missing`: the shim lacks it; `undecided`: the text alone does not tell; `reverted`: its file did not compile any more. */
  why: z.enum(["missing", "undecided", "reverted"]),
  reason: z.string(),
});
export type CodemodLeft = z.infer<typeof codemodLeftSchema>;

export const codemodFileSchema = z.strictObject({
  file: z.string(),
  /** Sites that are edited, or that move with an edit elsewhere in the file. */
  sites: z.number().int(),
  edits: z.number().int(),
  /** `would change` in a dry run; `reverted` if it no longer compiled, `not compiling` if it did not before. */
  status: z.enum(["would change", "changed", "reverted", "not compiling"]),
  /** The compiler's first error, of a file that was reverted or did not compile before. */
  error: z.string().nullable(),
});
export type CodemodFile = z.infer<typeof codemodFileSchema>;

const found = z.strictObject({ name: z.string(), reason: z.string(), places: z.array(placeSchema) });

export const shimCodemodSchema = z.strictObject({
  format: z.literal("unfork-shim-codemod"),
  version: z.literal(1),
  applied: z.boolean(),
  /** Whether changed files were compiled before and after. */
  compiled: z.boolean(),
  sites: z.strictObject({
    all: z.number().int(),
    /** With an edit, or by one. */
    moved: z.number().int(),
    /** Moved, and not reverted. */
    kept: z.number().int(),
    left: z.number().int(),
    /** Names of the shim that the tree used already. */
    already: z.number().int(),
    /** Kept of all, with one decimal; 100 where there is nothing to move. */
    percent: z.number(),
  }),
  /** Files read. */
  read: z.number().int(),
  files: z.array(codemodFileSchema),
  left: z.array(codemodLeftSchema),
  /** Names of the library that are used and that the shim lacks. */
  missing: z.array(found),
  /** Direct uses of one flavor. */
  flavors: z.array(found),
  /** Names of the application that would clash with the shim's. */
  collisions: z.array(found),
});
export type ShimCodemod = z.infer<typeof shimCodemodSchema>;
