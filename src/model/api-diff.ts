/** Owns the comparison of two releases' APIs: what became of each item, why, and what that costs a shim over both. */
import { z } from "zod";

export const apiDiffStatusSchema = z.enum(["same", "renamed", "convertible", "adapter", "only-legacy", "only-latest"]);
/**
 * `renamed`: alike under another name or in another header. `convertible`: values or calls are converted one by one.
 * `adapter`: something has to stand between caller and library.
 */
export type ApiDiffStatus = z.infer<typeof apiDiffStatusSchema>;

export const apiDiffKindSchema = z.enum([
  "class",
  "base",
  "field",
  "constructor",
  "destructor",
  "method",
  "enum",
  "enumerator",
  "function",
  "typedef",
  "variable",
  "macro",
]);
export type ApiDiffKind = z.infer<typeof apiDiffKindSchema>;

/** Who does the work of a difference: nobody, the generator, or a person. */
export const shimWorkSchema = z.enum(["none", "generated", "by hand"]);
export type ShimWork = z.infer<typeof shimWorkSchema>;

/** What happened to a type, the older release's seen from the newer's. */
export const typeChangeSchema = z.enum([
  "widening",
  "narrowing",
  "signedness",
  "floating",
  "const-added",
  "const-removed",
  "optional-added",
  "optional-removed",
  "ownership",
  "equivalent",
  "text",
  "sequence",
  "callback",
  "passing",
  "pointer-reference",
  "enum-integer",
  "elements",
  "scope",
  "other",
]);
export type TypeChange = z.infer<typeof typeChangeSchema>;

export const apiDiffReasonSchema = z.strictObject({
  /** `parameter-type`, `const-added`, `value`; docs/api.md lists them. */
  code: z.string(),
  /** Of a type that differs: in which way. */
  change: typeChangeSchema.nullable(),
  text: z.string(),
  work: shimWorkSchema,
  units: z.number().int(),
});
export type ApiDiffReason = z.infer<typeof apiDiffReasonSchema>;

export const apiDiffDeclarationSchema = z.strictObject({
  /** As the release's headers spell it, qualified. */
  name: z.string(),
  /** The declaration as one line of C++. */
  text: z.string(),
  file: z.string(),
  line: z.number().int(),
});
export type ApiDiffDeclaration = z.infer<typeof apiDiffDeclarationSchema>;

export const apiDiffItemSchema = z.strictObject({
  kind: apiDiffKindSchema,
  /** Common name; of a member with its class before it. */
  name: z.string(),
  /** Common name of the class or enumeration that a member belongs to. */
  owner: z.string().nullable(),
  status: apiDiffStatusSchema,
  legacy: apiDiffDeclarationSchema.nullable(),
  latest: apiDiffDeclarationSchema.nullable(),
  reasons: z.array(apiDiffReasonSchema),
  /** The work of all reasons together: who does the hardest part, how many units a person has or the generator writes, and what in words. */
  work: z.strictObject({ by: shimWorkSchema, units: z.number().int(), text: z.string() }),
});
export type ApiDiffItem = z.infer<typeof apiDiffItemSchema>;

const sideSchema = z.strictObject({
  flavor: z.string(),
  /** The snapshot's file. */
  snapshot: z.string(),
  headers: z.array(z.string()),
  engine: z.string(),
  /** Errors that the compiler found in the headers: what stands behind them may be missing. */
  errors: z.number().int(),
});

export const apiDiffSuggestionSchema = z.strictObject({
  kind: z.enum(["namespace", "name", "header"]),
  from: z.string(),
  to: z.string(),
  /** 0 to 1. */
  score: z.number(),
  evidence: z.array(z.string()),
  /** Where the line goes in the map, and the line. */
  section: z.enum(["namespaces", "names", "headers"]),
  line: z.string(),
});
export type ApiDiffSuggestion = z.infer<typeof apiDiffSuggestionSchema>;

export const apiDiffSchema = z.strictObject({
  format: z.literal("unfork-api-diff"),
  version: z.literal(1),
  tool: z.strictObject({ name: z.literal("unfork"), version: z.string() }),
  legacy: sideSchema,
  latest: sideSchema,
  summary: z.strictObject({
    statuses: z.record(apiDiffStatusSchema, z.number().int()),
    /** Items by kind, and of each kind by status. */
    kinds: z.array(z.strictObject({ kind: apiDiffKindSchema, statuses: z.record(apiDiffStatusSchema, z.number().int()) })),
    work: z.strictObject({
      none: z.number().int(),
      generated: z.strictObject({ items: z.number().int(), units: z.number().int() }),
      byHand: z.strictObject({ items: z.number().int(), units: z.number().int() }),
    }),
  }),
  items: z.array(apiDiffItemSchema),
  /** Headers whose declarations stand in another one now. */
  headers: z.array(z.strictObject({ from: z.string(), to: z.string(), declarations: z.number().int() })),
  /** Never applied: a person puts the lines into the map. */
  suggestions: z.array(apiDiffSuggestionSchema),
});
export type ApiDiff = z.infer<typeof apiDiffSchema>;
