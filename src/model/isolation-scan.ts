/** Owns what `unfork isolate scan` finds: the inventory of a tree by construct, its strings, what would be renamed, what is undecided. */
import { z } from "zod";

const count = z.number().int().nonnegative();

/** What a finding asks of the user: `done` nothing, `note` to know, `warning` to look at, `error` to decide. */
export const scanSeveritySchema = z.enum(["done", "note", "warning", "error"]);
export type ScanSeverity = z.infer<typeof scanSeveritySchema>;

export const scanPlaceSchema = z.strictObject({
  file: z.string(),
  line: z.number().int().positive(),
  /** The name, macro, path or word in question. */
  name: z.string(),
  /** Id of the part of its construct that the place belongs to. */
  part: z.string(),
});
export type ScanPlace = z.infer<typeof scanPlaceSchema>;

export const scanConstructSchema = z.strictObject({
  id: z.string(),
  group: z.enum(["namespaces", "macros", "declarations", "C names", "state", "registries", "languages", "files"]),
  title: z.string(),
  count,
  severity: scanSeveritySchema,
  /** What isolation does with it. */
  action: z.string(),
  /** Kinds of it with their own counts; a place belongs to exactly one. */
  parts: z.array(z.strictObject({ id: z.string(), title: z.string(), count })),
  places: z.array(scanPlaceSchema),
});
export type ScanConstruct = z.infer<typeof scanConstructSchema>;

export const stringClassSchema = z.enum([
  "field-trial",
  "metric",
  "registry",
  "jni-class",
  "proto-path",
  "symbol",
  "generated-code",
  "cpp-name",
  "path",
  "other",
]);
export type StringClass = z.infer<typeof stringClassSchema>;

export const scanStringsSchema = z.strictObject({
  class: stringClassSchema,
  title: z.string(),
  /** How a string of this class is recognised. */
  rule: z.string(),
  /** What follows when two flavors with this string are in one program. */
  consequence: z.string(),
  severity: scanSeveritySchema,
  count,
  /** Different texts. */
  distinct: count,
  places: z.array(z.strictObject({ file: z.string(), line: z.number().int().positive(), text: z.string() })),
});
export type ScanStrings = z.infer<typeof scanStringsSchema>;

export const scanNamespaceSchema = z.strictObject({
  name: z.string(),
  /** `renamed`, or why it stays. */
  verdict: z.enum(["renamed", "foreign", "declared only", "named by a macro", "kept"]),
  why: z.string(),
  /** The path of the include line that says that it is another library's, which the tree only adds to. */
  header: z.string().optional(),
  /** Times it is opened at global scope, and in how many files. */
  opened: count,
  files: count,
  /** Functions, types and variables that the tree defines in it. */
  definitions: count,
  /** `name::` that begins a qualified name. */
  uses: count,
});
export type ScanNamespace = z.infer<typeof scanNamespaceSchema>;

export const mechanismSchema = z.strictObject({
  /** The library, or the macro that shows it. */
  library: z.string(),
  kind: z.enum(["inline namespace", "namespace macro", "prefix macro", "class prefix macro", "renaming header", "build option"]),
  /** The macro or option that sets it. */
  option: z.string(),
  /** Its value now, when the tree says so. */
  value: z.string().nullable(),
  /** What to do, `{flavor}` to be filled in. */
  step: z.string(),
  covers: z.string(),
  /** What it leaves as it is. */
  leaves: z.string(),
  evidence: z.array(z.strictObject({ file: z.string(), line: z.number().int().positive(), text: z.string() })),
});
export type Mechanism = z.infer<typeof mechanismSchema>;

export const isolationScanSchema = z.strictObject({
  format: z.literal(1),
  tree: z.string(),
  files: z.strictObject({ code: count, other: count, bytes: count }),
  namespaces: z.array(scanNamespaceSchema),
  constructs: z.array(scanConstructSchema),
  strings: z.array(scanStringsSchema),
  /** Identifiers that begin with a renamed namespace's word and stay. */
  lookAlikes: z.array(z.strictObject({ name: z.string(), count })),
  /** What `unfork isolate` would rename with the same namespaces and policy. */
  renames: z.strictObject({
    edits: count,
    files: count,
    names: z.array(
      z.strictObject({ name: z.string(), kind: z.string(), edits: count, file: z.string().nullable(), line: z.number().int().nullable() }),
    ),
  }),
  undecided: z.array(z.strictObject({ file: z.string(), line: z.number().int().positive(), token: z.string(), why: z.string() })),
  /** Tokens that libclang decided, with what it saw. */
  decided: z.array(
    z.strictObject({
      file: z.string(),
      line: z.number().int().positive(),
      token: z.string(),
      as: z.enum(["rename", "leave"]),
      evidence: z.string(),
    }),
  ),
  /** Rules of the policy that match nothing, and other things to look at. */
  warnings: z.array(z.string()),
  mechanisms: z.array(mechanismSchema),
});
export type IsolationScan = z.infer<typeof isolationScanSchema>;
