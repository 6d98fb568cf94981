/** Owns what `unfork isolate callsites` reports: places of an application that a compatibility header cannot serve. */
import { z } from "zod";

export const callsiteSeveritySchema = z.enum(["error", "warning", "note"]);
export type CallsiteSeverity = z.infer<typeof callsiteSeveritySchema>;

/** Bytes `[start, end)` of a file become `text`. */
export const callsiteEditSchema = z.strictObject({
  /** Relative to the application's root; another file than the finding's when a macro there is what must change. */
  file: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  start: z.number().int(),
  end: z.number().int(),
  /** What stands there. */
  old: z.string(),
  text: z.string(),
});
export type CallsiteEdit = z.infer<typeof callsiteEditSchema>;

export const callsiteFindingSchema = z.strictObject({
  file: z.string(),
  line: z.number().int(),
  /** In bytes, from 1 on, as g++ and clang++ count. */
  column: z.number().int(),
  severity: callsiteSeveritySchema,
  construct: z.string(),
  name: z.string(),
  /** Why the header cannot serve it. */
  why: z.string(),
  /** The line's text, without white space around it. */
  text: z.string(),
  /** The edit that mends it, or null when a person must. */
  edit: callsiteEditSchema.nullable(),
  hint: z.string().nullable(),
});
export type CallsiteFinding = z.infer<typeof callsiteFindingSchema>;

export const callsitesReportSchema = z.strictObject({
  format: z.literal(1),
  /** How the compatibility header imports. */
  import: z.enum(["using", "alias"]),
  /** Null when none was given and the library's tree bears none; the edits then say `<flavor>`. */
  flavor: z.string().nullable(),
  /** Namespaces of the library, with the names that they declare. */
  library: z.strictObject({ namespaces: z.array(z.string()), names: z.number().int(), globals: z.number().int(), files: z.number().int() }),
  /** Files that were read. */
  files: z.number().int(),
  /** By construct, sorted. */
  counts: z.array(z.strictObject({ construct: z.string(), findings: z.number().int(), mechanical: z.number().int() })),
  findings: z.array(callsiteFindingSchema),
});
export type CallsitesReport = z.infer<typeof callsitesReportSchema>;
