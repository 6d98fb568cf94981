/** Owns what `unfork isolate headers` reports: macros and names that the headers of both flavors define, and the unit with both. */
import { z } from "zod";

/** Why a macro matters when one unit sees both flavors. */
export const macroClassSchema = z.enum([
  /** Include guard of both: the second flavor's header is skipped. */
  "guard",
  /** Same definitions, token by token. */
  "same",
  /** Same definitions, yet they expand to a macro that differs. */
  "through",
  /** Same but for the flavors' suffixes. */
  "flavored",
  "differs",
]);
export type MacroClassName = z.infer<typeof macroClassSchema>;

/** `none`: no unit that includes the chosen headers sees it from both flavors. */
export const verdictSchema = z.enum(["drop-include", "rename", "share", "none"]);
export type Verdict = z.infer<typeof verdictSchema>;

const placeSchema = z.strictObject({ file: z.string(), line: z.number().int() });

const sideSchema = z.strictObject({
  flavor: z.string(),
  definitions: z.array(
    placeSchema.extend({
      parameters: z.string().nullable(),
      body: z.string(),
      /** Inside an `#if`. */
      conditional: z.boolean(),
      /** Inside `#ifndef` of its own name. */
      defaulted: z.boolean(),
    }),
  ),
  /** Whether a unit that includes the chosen headers is left with it. */
  visible: z.boolean(),
  used: z.strictObject({
    /** In a header that defines it. */
    own: z.boolean(),
    /** Other headers that use it and that applications get to see. */
    headers: z.array(z.string()),
    /** Number of further headers of the tree that use it. */
    others: z.number().int(),
    /** Number of source files of the tree that use it. */
    sources: z.number().int(),
  }),
});

export const sharedMacroSchema = z.strictObject({
  name: z.string(),
  class: macroClassSchema,
  verdict: verdictSchema,
  reason: z.string(),
  /** Exact edits, one each. */
  edits: z.array(z.string()),
  sides: z.tuple([sideSchema, sideSchema]),
});
export type SharedMacro = z.infer<typeof sharedMacroSchema>;

export const sharedNameSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(["type", "enumeration", "function", "variable", "constant", "static-function", "enumerator", "typedef"]),
  verdict: verdictSchema,
  reason: z.string(),
  edits: z.array(z.string()),
  /** One place per flavor. */
  places: z.tuple([placeSchema, placeSchema]),
});
export type SharedName = z.infer<typeof sharedNameSchema>;

export const unitReportSchema = z.strictObject({
  /** The unit: a header that includes the chosen headers of both flavors. */
  path: z.string(),
  /** Folder of generated headers, one line each, that lead every include to the flavor at work. */
  includeFolder: z.string(),
  /** Number of included headers by flavor. */
  headers: z.record(z.string(), z.number().int()),
  /** Macros and guards that are put away between the two sets. */
  hidden: z.number().int(),
  /** Names without a symbol that both declare and that the unit gives the first flavor's suffix. */
  renamed: z.number().int(),
  /** Headers that are left out since they do not compile by themselves either. */
  skipped: z.array(
    z.strictObject({
      flavor: z.string(),
      header: z.string(),
      /** The compiler that refuses it. */ compiler: z.string(),
      file: z.string(),
      line: z.number().int(),
      message: z.string(),
    }),
  ),
  builds: z.array(
    z.strictObject({
      compiler: z.string(),
      /** As a shell takes it. */
      command: z.string(),
      status: z.enum(["compiled", "failed", "missing"]),
      errors: z.array(z.string()),
      /** When it failed: the flavors whose headers this compiler refuses by themselves, too. */
      refused: z.array(z.string()),
    }),
  ),
});
export type UnitReport = z.infer<typeof unitReportSchema>;

export const headersReportSchema = z.strictObject({
  format: z.literal(1),
  flavors: z.tuple([
    z.strictObject({
      name: z.string(),
      path: z.string(),
      includeRoots: z.array(z.string()),
      headers: z.number().int(),
      chosen: z.number().int(),
      reached: z.number().int(),
    }),
    z.strictObject({
      name: z.string(),
      path: z.string(),
      includeRoots: z.array(z.string()),
      headers: z.number().int(),
      chosen: z.number().int(),
      reached: z.number().int(),
    }),
  ]),
  macros: z.array(sharedMacroSchema),
  /** Declared by both outside of every namespace. */
  names: z.array(sharedNameSchema),
  /** Namespaces that both open: the trees are not isolated, or only in part. */
  namespaces: z.array(z.string()),
  /** What the report or the unit cannot decide. */
  limits: z.array(placeSchema.extend({ flavor: z.string(), what: z.string() })),
  unit: unitReportSchema.nullable(),
});
export type HeadersReport = z.infer<typeof headersReportSchema>;
