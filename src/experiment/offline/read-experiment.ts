/** Owns reading of experiments and statistics from files, for an analysis without a server. */
import { z } from "zod";

import { type Analysis, analysisSchema } from "../../model/arm-statistics.js";
import { type ExperimentFile, experimentFileSchema } from "../../model/experiment-file.js";
import { experimentPlanSchema } from "../../model/experiment-plan.js";
import { experimentSchema } from "../../model/experiment.js";
import { UnforkError } from "../../support/errors.js";
import { explainIssues } from "../../support/explain-issues.js";
import { readText } from "../../support/fs.js";

/**
 * The experiments of a file: one by itself, one with its ramp and looks (as `unfork experiment show --json` prints it), a list of either, or a
 * plan. Throws `input-invalid`.
 */
export async function readExperiments(path: string): Promise<ExperimentFile[]> {
  const value = await readJson(path);
  const plan = experimentPlanSchema.safeParse(value);
  if (plan.success) return plan.data.experiments.map(({ experiment }) => ({ experiment, looks: [] }));
  return (Array.isArray(value) ? value : [value]).map((one) => fileOf(one, path));
}

function fileOf(value: unknown, path: string): ExperimentFile {
  const isWhole = value !== null && typeof value === "object" && "experiment" in value;
  if (!isWhole) return { experiment: parsed(experimentSchema, value, path), looks: [] };
  const { experiment, ramp, looks = [] } = value as Record<string, unknown>;
  return parsed(experimentFileSchema, { experiment, ramp, looks }, path);
}

/** The analyses of a file: one, or a list. Throws `input-invalid`. */
export async function readAnalyses(path: string): Promise<Analysis[]> {
  const value = await readJson(path);
  return (Array.isArray(value) ? value : [value]).map((one) => parsed(analysisSchema, one, path));
}

async function readJson(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnforkError("input-invalid", `${path} is no JSON`, { cause: error, context: { path } });
  }
}

function parsed<T extends z.ZodType>(schema: T, value: unknown, path: string): z.infer<T> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new UnforkError("input-invalid", `${path}: ${explainIssues(read.error.issues, value, schema).join("; ")}`, { context: { path } });
}
