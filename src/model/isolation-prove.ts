/** Owns what `unfork isolate prove` finds. */
import { z } from "zod";

/** Every byte of every object is in exactly one class. */
export const byteCountsSchema = z.strictObject({
  /** Equal on both sides. */
  identical: z.number().int(),
  /** Names of symbols and sections, and the format's own tables, whose bytes follow from the names. */
  names: z.number().int(),
  /** Texts of the program that hold renamed names. */
  nameStrings: z.number().int(),
  /** What the compiler makes of such texts, or of the spelling of names: shown by compiling without either. */
  nameConstants: z.number().int(),
  different: z.number().int(),
  /** Debug information. */
  notCompared: z.number().int(),
});
export type ByteCounts = z.infer<typeof byteCountsSchema>;
export type ByteClass = keyof ByteCounts;

const lineSchema = z.strictObject({ file: z.string(), line: z.number().int() });
export type ProofLine = z.infer<typeof lineSchema>;

export const nameTextSchema = z.strictObject({
  before: z.string(),
  after: z.string(),
  kind: z.enum(["typeinfo", "text"]),
  /** The symbol of the object that holds it, or null. */
  symbol: z.string().nullable(),
  /** Where the source speaks of it: the class for a typeinfo, the literal, or the line that uses the function's name. */
  lines: z.array(lineSchema),
});
export type ProofText = z.infer<typeof nameTextSchema>;

export const proofDifferenceSchema = z.strictObject({
  kind: z.enum(["object", "section", "attributes", "order", "group", "symbol", "bytes", "relocation", "text", "flags"]),
  section: z.string(),
  /** The function or object, mangled, by the original's name. */
  symbol: z.string().nullable(),
  /** Offsets in the section. */
  before: z.number().int().nullable(),
  after: z.number().int().nullable(),
  what: z.string(),
  /** Innermost first; empty where the objects carry no line tables and no compile database was given. */
  lines: z.array(lineSchema),
  /** A few instructions around it. */
  assembly: z.strictObject({ before: z.array(z.string()), after: z.array(z.string()) }).nullable(),
});
export type ProofDifference = z.infer<typeof proofDifferenceSchema>;

export const unitStatusSchema = z.enum([
  "identical",
  "names",
  "name-strings",
  "name-constants",
  "order-by-names",
  "different",
  "only-before",
  "only-after",
  "not-compiled-before",
  "not-compiled-after",
  "not-compiled",
  /** Of a format that the proof does not read, beside others: the same bytes on both sides, or other ones. */
  "foreign",
  "foreign-changed",
]);
export type UnitStatus = z.infer<typeof unitStatusSchema>;

export const unitProofSchema = z.strictObject({
  unit: z.string(),
  status: unitStatusSchema,
  bytes: z.strictObject({ before: byteCountsSchema, after: byteCountsSchema }),
  texts: z.array(nameTextSchema),
  /** Differences that went away without names in texts, or without optimizations that sort by names. */
  explained: z.array(proofDifferenceSchema),
  /** What was silenced or switched off to make them go, with the tree's lines that speak of names: null where nothing had to be explained. */
  explanation: z
    .strictObject({ by: z.enum(["names in texts", "order by names"]), flags: z.array(z.string()), lines: z.array(lineSchema) })
    .nullable(),
  differences: z.array(proofDifferenceSchema),
  /** Compiler's words, or why no second look was possible. */
  problem: z.string().nullable(),
});
export type UnitProof = z.infer<typeof unitProofSchema>;

export const proofRunSchema = z.strictObject({
  /** As given, with its version; null where objects were given. */
  compiler: z.string().nullable(),
  version: z.string().nullable(),
  flags: z.array(z.string()),
  units: z.array(unitProofSchema),
  counts: z.record(unitStatusSchema, z.number().int()),
  bytes: z.strictObject({ before: byteCountsSchema, after: byteCountsSchema }),
  /** Names that are renamed in one unit and not, or otherwise, in another: they would not link. */
  inconsistent: z.array(z.strictObject({ before: z.array(z.string()), after: z.array(z.string()), units: z.array(z.string()) })),
  /** External names that were paired, and how many of them changed. */
  names: z.strictObject({ paired: z.number().int(), renamed: z.number().int() }),
});
export type ProofRun = z.infer<typeof proofRunSchema>;

export const isolationProofSchema = z.strictObject({
  format: z.literal(1),
  flavor: z.string(),
  /** What was compared: objects as they were given, or units compiled for the proof. */
  from: z.enum(["objects", "compile database"]),
  proven: z.boolean(),
  runs: z.array(proofRunSchema),
});
export type IsolationProof = z.infer<typeof isolationProofSchema>;
