/** Owns shadow runs: what one came to, the rules by which they move a use case along its stages, and outputs that are refused. */
import { z } from "zod";

import { MIGRATION_STAGES } from "./use-case-stage.js";

export const SHADOW_VERDICTS = ["clean", "unsettled", "worse", "crashed"] as const;
export type ShadowVerdict = (typeof SHADOW_VERDICTS)[number];

/** One shadow run of one use case, a line of `shadow.jsonl`. */
export const shadowEntrySchema = z.strictObject({
  useCase: z.string(),
  /** ISO 8601, UTC. */
  when: z.string(),
  /** Digest of the program. */
  program: z.string(),
  /** Whether latest's output was the one that is kept. */
  reverse: z.boolean(),
  verdict: z.enum(SHADOW_VERDICTS),
  /** Gates that did not hold, in words; empty when clean. */
  reasons: z.array(z.string()),
});
export type ShadowEntry = z.infer<typeof shadowEntrySchema>;

/** Rules of the configuration: `useCases.promote` and `useCases.demote`. */
export const promoteRuleSchema = z.strictObject({
  after: z.number().int().min(1).max(1000).describe("clean shadow runs in a row, of the same program, at a stage"),
  upTo: z
    .enum(MIGRATION_STAGES)
    .exclude(["not-started", "legacy-deleted"])
    .default("experiment")
    .describe("the furthest stage that a rule leads to; beyond it people decide"),
});
export const demoteRuleSchema = z.strictObject({
  on: z
    .array(z.enum(["worse", "crashed", "unsettled"]))
    .min(1)
    .default(["worse", "crashed"])
    .describe("what a shadow run must come to"),
  to: z.enum(MIGRATION_STAGES).exclude(["legacy-deleted"]).default("shadow").describe("where the use case goes back to"),
});
export interface StageRules {
  readonly promote?: z.infer<typeof promoteRuleSchema> | undefined;
  readonly demote?: z.infer<typeof demoteRuleSchema> | undefined;
}

/** An output that failed its comparison, or passed it again: the last line about a digest counts. A line of `refused.jsonl`. */
export const refusalSchema = z.strictObject({
  useCase: z.string(),
  file: z.string(),
  sha256: z.string(),
  when: z.string(),
  refused: z.boolean(),
  why: z.string(),
});
export type Refusal = z.infer<typeof refusalSchema>;

/** Where two outputs differ first, as a person wants to see it. */
export interface DifferenceExample {
  readonly file: string;
  /** "frame 4800 (0.100 s), channel 1", "row 12, field 3 (gain)", "byte 44". */
  readonly where: string;
  /** Lines of what stands there and around, legacy's and latest's. */
  readonly context: readonly string[];
  /** For signals: a picture of both and of their difference. */
  readonly svg?: string | undefined;
}
