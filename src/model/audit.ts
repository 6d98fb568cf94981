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

/** In the order in which they are reported within one severity. */
export const findingCategorySchema = z.enum([
  "strong-clash",
  "mixed-clash",
  "weak-clash",
  "common-clash",
  "unique-clash",
  "typeinfo-string",
  "layout",
  "member-hijack",
  "unresolved-cross",
  "registry",
  "shared-state",
  "unflavored",
  "weak-same",
  "foreign-template",
  "tls",
  "ifunc",
  "init-order",
]);
export type FindingCategory = z.infer<typeof findingCategorySchema>;

/** What each category means, in one sentence, and how grave it is unless the user says otherwise. */
export const FINDING_CATEGORIES: Readonly<Record<FindingCategory, { readonly severity: Severity; readonly about: string }>> = {
  "strong-clash": {
    severity: "error",
    about: "Both flavors define this name strongly; the linker refuses or drops one.",
  },
  "mixed-clash": {
    severity: "error",
    about: "One flavor defines this name strongly, the other weakly; the strong one silently wins.",
  },
  "weak-clash": {
    severity: "error",
    about: "Both flavors define this name weakly with different bodies; the linker keeps the first.",
  },
  "common-clash": {
    severity: "error",
    about: "Both flavors define a common (tentative) variable of this name; the linker merges them.",
  },
  "unique-clash": {
    severity: "error",
    about: "Both flavors define this unique (one per process) name; they share its state.",
  },
  "typeinfo-string": {
    severity: "error",
    about: "Two flavors have types with different symbols and one typeinfo text: casts and catch clauses cross between them.",
  },
  layout: {
    severity: "error",
    about: "Both flavors have a type of this name, laid out differently: code of one misreads objects of the other.",
  },
  "member-hijack": {
    severity: "error",
    about: "An archive member of one flavor would satisfy the other's reference, depending on the order of the link.",
  },
  "unresolved-cross": {
    severity: "error",
    about: "One flavor wants this name, and only another flavor defines it.",
  },
  registry: {
    severity: "error",
    about: "Both flavors register this key in one place of the process.",
  },
  "shared-state": {
    severity: "warning",
    about: "Both flavors reach this variable, or set what a process has only once.",
  },
  unflavored: {
    severity: "warning",
    about: "A defined name that isolation should have given the flavor's suffix has none.",
  },
  "weak-same": {
    severity: "note",
    about: "Both flavors define this name weakly with the same body.",
  },
  "foreign-template": {
    severity: "note",
    about: "A template of another library, instantiated over a flavor's type: code of its own for each flavor.",
  },
  tls: {
    severity: "note",
    about: "Each flavor has a thread-local variable of this name: what a thread sets in one, the other does not see.",
  },
  ifunc: {
    severity: "note",
    about: "A resolver of each flavor chooses this function's code as the program loads.",
  },
  "init-order": {
    severity: "note",
    about: "Initialisers of both flavors use this name before main, in the order of the link.",
  },
};

export const findingSchema = z.strictObject({
  /** Stable: a digest of category and symbol. */
  id: z.string(),
  category: findingCategorySchema,
  severity: severitySchema,
  /** The name in the symbol table, or the type's, the registry's key. */
  symbol: z.string(),
  demangled: z.string(),
  /** Of symbols: the outermost namespace, class or function; "C and assembler", or "global scope" for operators. */
  scope: z.string().optional(),
  /** Every place that defines or wants it; `member` is the object's name inside the archive. */
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

/** What `--allow FILE` holds: names that both flavors may define, and severities other than the usual ones. */
export const allowListSchema = z.strictObject({
  $schema: z.string().optional(),
  shared: z.array(sharedNamesSchema).default([]),
  severity: z.partialRecord(findingCategorySchema, severitySchema).default({}),
});
export type AllowList = z.infer<typeof allowListSchema>;

/** Findings of an earlier audit that are known: later audits report only others. */
export const auditBaselineSchema = z.strictObject({
  schema: z.literal(1),
  findings: z.array(findingSchema.pick({ id: true, category: true, symbol: true })),
});
export type AuditBaseline = z.infer<typeof auditBaselineSchema>;

/** What a program of both flavors told when it ran. */
export const probeResultSchema = z.strictObject({
  compiler: z.string(),
  /** Types and variables of both flavors that were asked about. */
  types: z.number().int(),
  variables: z.number().int(),
  /** Whether the flavors link into one program at all; if not, `detail` is the linker's first complaint. */
  linked: z.boolean(),
  crossings: z.array(z.strictObject({ kind: z.enum(["cast", "catch", "variable"]), name: z.string(), symbols: z.array(z.string()) })),
  /** Types whose tables or typeinfo could not be read as the program ran. */
  broken: z.number().int(),
  detail: z.string(),
});
export type ProbeResult = z.infer<typeof probeResultSchema>;

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
      /** Names without a flavor that the pattern covers and only one flavor defines. */
      ofOne: z.number().int(),
    }),
  ),
  findings: z.array(findingSchema),
  /** Findings per category; `shared-unused`: entries of the shared list that cover nothing. */
  summary: z.record(z.string(), z.number().int()),
  /** Of an audit with a baseline: how many of its findings are still there, and how many are gone. */
  baseline: z.strictObject({ known: z.number().int(), gone: z.number().int() }).optional(),
  probe: probeResultSchema.optional(),
  /** What could not be checked, such as layouts without debug information. */
  notChecked: z.array(z.string()).optional(),
});
export type AuditResult = z.infer<typeof auditResultSchema>;
