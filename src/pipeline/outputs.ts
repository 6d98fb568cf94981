/** Owns what each stage hands on: the typed values between the stages. */
import { z } from "zod";

import { auditResultSchema } from "../model/audit.js";
import { compileErrorSchema, flavorBuildResultSchema, programResultSchema } from "../model/build.js";
import { evidenceSchema } from "../model/evidence.js";
import { candidateSchema } from "../model/feature.js";
import { isolationResultSchema } from "../model/isolation.js";
import { securityFixesSchema } from "../model/security-fixes.js";
import { shimCoverageSchema } from "../model/shim-coverage.js";
import { fetchedTreeSchema } from "../model/source.js";
import { jointResultSchema, useCaseMeasurementSchema, useCaseResultSchema } from "../model/use-case.js";

export const needSchema = z.strictObject({ what: z.string(), command: z.string() });
export type Need = z.infer<typeof needSchema>;

export const stageOutputSchemas = {
  fetch: z.strictObject({ legacy: fetchedTreeSchema, latest: fetchedTreeSchema, security: securityFixesSchema.nullable().default(null) }),
  features: z.strictObject({ legacy: candidateSchema, latest: candidateSchema }),
  isolate: z.strictObject({ legacy: isolationResultSchema, latest: isolationResultSchema }),
  build: z.strictObject({
    legacy: flavorBuildResultSchema.nullable(),
    latest: flavorBuildResultSchema.nullable(),
    errors: z.array(compileErrorSchema),
  }),
  audit: auditResultSchema,
  shim: z.strictObject({
    /** Absolute path of what was generated. */
    folder: z.string(),
    /** Absolute paths of the flavors' units. */
    units: z.strictObject({ legacy: z.string(), latest: z.string() }),
    /** Over all generated texts. */
    digest: z.string(),
    coverage: shimCoverageSchema,
  }),
  link: z.strictObject({ programs: z.array(programResultSchema), errors: z.array(compileErrorSchema) }),
  "use-cases": z.strictObject({
    results: z.array(useCaseResultSchema),
    measurements: z.array(useCaseMeasurementSchema),
    joint: z.array(jointResultSchema),
    evidence: z.array(evidenceSchema).default([]),
  }),
  report: z.strictObject({ files: z.array(z.string()) }),
} as const;

export type StageOutputs = { [K in keyof typeof stageOutputSchemas]: z.infer<(typeof stageOutputSchemas)[K]> };
export type StageId = keyof StageOutputs;
