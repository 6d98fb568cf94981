/** Owns what the audit of a port says: what became of every line of every patch. */
import { z } from "zod";

/**
 * `present` (the ported patch has it), `upstreamed` (the new base has an added line already, or lacks a removed one),
 * `explained` (somebody said why, or it says nothing), `lost` (none of these).
 */
export const LINE_FATES = ["present", "upstreamed", "explained", "lost"] as const;
export type LineFate = (typeof LINE_FATES)[number];

const countsSchema = z.strictObject({
  present: z.number().int(),
  upstreamed: z.number().int(),
  explained: z.number().int(),
  lost: z.number().int(),
});

export const auditedPatchSchema = z.strictObject({
  patch: z.string(),
  subject: z.string(),
  /** Its commit on the new base, or null. */
  commit: z.string().nullable(),
  /** It is in conflict still, so that nothing can be said. */
  waits: z.boolean(),
  lines: countsSchema,
  /** Lines that are not simply present or upstreamed. */
  findings: z.array(
    z.strictObject({
      file: z.string(),
      sign: z.enum(["+", "-"]),
      line: z.string(),
      fate: z.enum(["explained", "lost"]),
      reason: z.string(),
    }),
  ),
});
export type AuditedPatch = z.infer<typeof auditedPatchSchema>;

/** What `unfork patch audit --json` prints. */
export const patchAuditSchema = z.strictObject({
  series: z.strictObject({ base: z.string(), tip: z.string() }),
  onto: z.string(),
  result: z.string(),
  lines: countsSchema,
  patches: z.array(auditedPatchSchema),
});
export type PatchAudit = z.infer<typeof patchAuditSchema>;
