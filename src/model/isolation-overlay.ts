/** Owns what an overlay is: names changed by a force-included header, compiler flags, and what that cannot do on a tree. */
import { z } from "zod";

const placeSchema = z.strictObject({ file: z.string(), line: z.int() });

/** `macro`: a `#define`; `pragma`: `redefine_extname`, which leaves every other use of the word alone; `none`: not changed. */
export const overlayMeansSchema = z.enum(["macro", "pragma", "none"]);
export type OverlayMeans = z.infer<typeof overlayMeansSchema>;

export const overlayNameSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  /** namespace, function, variable, type, enumeration, asm, by rule. */
  kind: z.string(),
  means: overlayMeansSchema,
  /** Why not a macro. */
  why: z.string().nullable(),
});
export type OverlayName = z.infer<typeof overlayNameSchema>;

export const overlayLimitSchema = z.strictObject({
  /** A stable word for the sort of limit. */
  kind: z.enum([
    "both-in-one-unit",
    "application",
    /** The name is not changed at all. */
    "kept",
    "other-use",
    "condition",
    "undefined",
    "redefined",
    "pasted",
    "stringized",
    "include",
    "system",
    "predefined",
    "asm-not-preprocessed",
    "asm-in-strings",
    "objective-c",
    "jni",
    "proto",
    "export-list",
    "policy",
    "undecided",
  ]),
  word: z.string().nullable(),
  what: z.string(),
  /** The first places; `count` has all. */
  places: z.array(placeSchema),
  count: z.int(),
});
export type OverlayLimit = z.infer<typeof overlayLimitSchema>;

export const overlayReportSchema = z.strictObject({
  format: z.literal(1),
  flavor: z.string(),
  /** The tree, which stays as it is. */
  tree: z.string(),
  /** Folder of the generated files. */
  out: z.string(),
  names: z.array(overlayNameSchema),
  files: z.strictObject({
    /** For C, C++ and Objective-C. */
    header: z.string(),
    /** For `.S` files, or null when the tree exports no names from assembler. */
    gas: z.string().nullable(),
    nasm: z.string().nullable(),
    flags: z.string(),
    cmake: z.string(),
    /** For C and C++ compilers: `@file`. */
    response: z.string(),
  }),
  /** Exact flags by language. */
  flags: z.strictObject({ c: z.array(z.string()), cxx: z.array(z.string()), gas: z.array(z.string()), nasm: z.array(z.string()) }),
  limits: z.array(overlayLimitSchema),
  /** The compiler that told the system's words, or null: they were not looked at. */
  systemSeenBy: z.string().nullable(),
});
export type OverlayReport = z.infer<typeof overlayReportSchema>;
