/** Owns the stages of a use case's way from the legacy flavor to the latest. */
import { z } from "zod";

export const MIGRATION_STAGES = ["not-started", "shadow", "experiment", "ramp", "on-latest", "legacy-deleted"] as const;
export type MigrationStage = (typeof MIGRATION_STAGES)[number];

/** One change, as it stands in a line of `stages.jsonl`. */
export const stageChangeSchema = z.strictObject({
  useCase: z.string(),
  from: z.enum(MIGRATION_STAGES),
  to: z.enum(MIGRATION_STAGES),
  who: z.string().min(1),
  /** ISO 8601, UTC. */
  when: z.string(),
  why: z.string().min(1),
});
export type StageChange = z.infer<typeof stageChangeSchema>;
