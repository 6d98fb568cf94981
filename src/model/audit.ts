/** Owns what an audit of two archives found. */
import { z } from "zod";

export const severitySchema = z.enum(["error", "warning", "note"]);
export type Severity = z.infer<typeof severitySchema>;

/** Every entry of a symbol table ends in exactly one of these classes. */
export const symbolCountsSchema = z.strictObject({
  strong: z.number().int(),
  weak: z.number().int(),
  unique: z.number().int(),
  common: z.number().int(),
  local: z.number().int(),
  undefined: z.number().int(),
  undefinedWeak: z.number().int(),
  section: z.number().int(),
  file: z.number().int(),
});
export type SymbolCounts = z.infer<typeof symbolCountsSchema>;

export const findingCategorySchema = z.enum([
  "strong-clash",
  "mixed-clash",
  "weak-clash",
  "weak-same",
  "common-clash",
  "unique-clash",
  "unflavored",
]);
export type FindingCategory = z.infer<typeof findingCategorySchema>;

export const findingSchema = z.strictObject({
  /** Stable: a digest of category and symbol. */
  id: z.string(),
  category: findingCategorySchema,
  severity: severitySchema,
  symbol: z.string(),
  demangled: z.string(),
  /** Every place that defines it; `member` is the object's name inside the archive. */
  flavors: z.array(z.strictObject({ flavor: z.string(), file: z.string(), member: z.string().nullable() })),
  why: z.string(),
  fix: z.string(),
});
export type Finding = z.infer<typeof findingSchema>;

/** A declared share of names: a glob over demangled (or plain C) names, with the reason. */
export const sharedNamesSchema = z.strictObject({
  pattern: z
    .string()
    .min(1)
    .refine((pattern) => !/^[*?]+$/.test(pattern), "covers everything: name what is shared"),
  reason: z.string().min(1),
});
export type SharedNames = z.infer<typeof sharedNamesSchema>;

export const auditResultSchema = z.strictObject({
  flavors: z.array(
    z.strictObject({ name: z.string(), objects: z.number().int(), symbols: symbolCountsSchema, definedNames: z.number().int() }),
  ),
  /** Names both flavors define after isolation, outside the shared list. */
  clashes: z.number().int(),
  /** The same count with the flavor's suffix taken off every name: what it was before isolation. */
  clashesBefore: z.number().int(),
  shared: z.array(
    z.strictObject({
      pattern: z.string(),
      reason: z.string(),
      /** Names defined by both flavors that the pattern covers. */
      names: z.number().int(),
      /** Of these, how many have no body in common between the flavors. */
      differentBodies: z.number().int(),
    }),
  ),
  findings: z.array(findingSchema),
  summary: z.record(z.string(), z.number().int()),
});
export type AuditResult = z.infer<typeof auditResultSchema>;
