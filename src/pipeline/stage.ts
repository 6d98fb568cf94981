/** Owns what a stage is: a value with a plan and a run, whose output is checked and journalled. */
import type { z } from "zod";

import type { Need } from "./outputs.js";
import type { Project } from "./project.js";
import type { RunSettling } from "./settling-of.js";
import type { StageId, StageOutputs } from "./outputs.js";

export interface StageContext {
  readonly project: Project;
  /** The output of an earlier stage; throws when that stage has not run. */
  readonly output: <K extends StageId>(stage: K) => StageOutputs[K];
  /** Journal entries of the earlier stages of this run, in order. */
  readonly earlier: () => readonly StageEntry[];
  readonly jobs: number;
  /** How sources may be reached: not at all, or anew whatever earlier runs resolved. */
  readonly fetch: { readonly offline?: boolean; readonly refresh?: boolean };
  /** How conflicts of features are settled in this run, besides what the configuration says. */
  readonly settling: RunSettling;
  readonly startedAt: string;
}

export type StageStatus = "done" | "failed" | "waiting";

export interface StageOutcome<Output> {
  readonly status: StageStatus;
  readonly output: Output;
  /** One sentence for people: "12,034 symbols, clashes 2,441 → 0". */
  readonly summary: string;
  /** What a person has to do, each with the command that acts. */
  readonly needs?: readonly Need[];
}

export interface Stage<K extends StageId> {
  readonly id: K;
  readonly title: string;
  readonly output: z.ZodType<StageOutputs[K]>;
  /** Everything the result depends on besides the outputs of earlier stages; hashed. */
  readonly inputs: (project: Project) => Promise<unknown>;
  /** The paths the output names; a journalled result is used again only while all exist. */
  readonly paths: (output: StageOutputs[K]) => readonly string[];
  /** True for the stage that also runs after an earlier one failed or waits. */
  readonly always?: boolean;
  /** Whether the project has no use for the stage: it is left out of runs and plans. */
  readonly skip?: (project: Project) => boolean;
  /** What a dry run prints. */
  readonly plan: (project: Project) => readonly string[];
  readonly run: (context: StageContext) => Promise<StageOutcome<StageOutputs[K]>>;
}

/** A stage's line in the journal. */
export interface StageEntry {
  readonly stage: StageId;
  readonly title: string;
  readonly inputDigest: string;
  readonly status: StageStatus;
  readonly output: unknown;
  readonly summary: string;
  readonly needs: readonly Need[];
  readonly durationMs: number;
}

export type AnyStage = { [K in StageId]: Stage<K> }[StageId];
