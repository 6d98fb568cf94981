/** Owns the report of an upgrade run: the one value behind every output format. */
import { z } from "zod";

import { auditResultSchema } from "./audit.js";
import { modeSchema, programSizeSchema } from "./build.js";
import { dependencyChangesSchema } from "./dependencies.js";
import { evidenceSchema } from "./evidence.js";
import { featureOutcomeSchema } from "./feature.js";
import { isolationResultSchema } from "./isolation.js";
import { securityFixesSchema } from "./security-fixes.js";
import { shimCoverageSchema } from "./shim-coverage.js";
import { fetchedTreeSchema } from "./source.js";
import { jointResultSchema, useCaseMeasurementSchema, useCaseResultSchema } from "./use-case.js";

export const stageStatusSchema = z.enum(["done", "skipped", "failed", "waiting"]);

export const runReportSchema = z.strictObject({
  schema: z.literal(1),
  tool: z.strictObject({ name: z.literal("unfork"), version: z.string() }),
  library: z.string(),
  from: z.string(),
  to: z.string(),
  /** "webrtc: base M120 → M150 · 6 features: 5 clean, 1 needs you · clashes 0 · 52/54 use cases no worse · next: …" */
  headline: z.string(),
  gate: z.enum(["passed", "failed", "waiting"]),
  /** Why the gate did not pass, each with the command that acts. */
  needsYou: z.array(z.strictObject({ what: z.string(), command: z.string() })),
  next: z.string(),
  /** Security fixes between both releases; null where the project does not say where they are told. */
  security: securityFixesSchema.nullable().default(null),
  /** What other projects both releases take in; null where none is known. */
  dependencies: dependencyChangesSchema.nullable().default(null),
  trees: z.array(fetchedTreeSchema.omit({ path: true, failed: true })),
  features: z.array(featureOutcomeSchema),
  isolation: z.array(isolationResultSchema.omit({ path: true })),
  audit: auditResultSchema.nullable(),
  /** Null for a project without a generated shim, and in reports that knew none. */
  shim: shimCoverageSchema.nullable().default(null),
  sizes: z.array(programSizeSchema),
  /** Sizes of another way to build, measured or estimated, said which. */
  sizeVariants: z.array(
    z.strictObject({ name: z.string(), mode: modeSchema, raw: z.number().int(), gzip: z.number().int(), how: z.string() }),
  ),
  useCases: z.array(useCaseResultSchema),
  /** Runs of both flavors alive in one process, held against the single runs. */
  joint: z.array(jointResultSchema),
  /** What the verdicts can be looked up in. */
  evidence: z.array(evidenceSchema).default([]),
  /** The exact commands that repeat each stage by hand. */
  commands: z.array(z.strictObject({ stage: z.string(), command: z.string() })),
  notChecked: z.array(z.string()),
  /** What another run on another day or machine need not repeat. */
  measured: z.strictObject({
    startedAt: z.string(),
    machine: z.string(),
    stages: z.array(
      z.strictObject({ id: z.string(), title: z.string(), status: stageStatusSchema, durationMs: z.number(), summary: z.string() }),
    ),
    useCases: z.array(useCaseMeasurementSchema),
    sourcesFailed: z.array(z.strictObject({ release: z.string(), provider: z.string(), why: z.string() })),
  }),
});
export type RunReport = z.infer<typeof runReportSchema>;
