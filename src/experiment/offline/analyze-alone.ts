/** Owns decisions without a server: from experiments and statistics as they are in files. */
import type { Analysis } from "../../model/arm-statistics.js";
import type { Decision } from "../../model/decision.js";
import type { ExperimentFile } from "../../model/experiment-file.js";
import type { Experiment } from "../../model/experiment.js";
import type { Ramp } from "../../model/ramp.js";
import { campaignBudgets, sameCampaign } from "../decide/budget.js";
import { decide } from "../decide/decide.js";
import { raiseBlocks } from "../ramp/blocks.js";

export interface AloneRequest {
  readonly files: readonly ExperimentFile[];
  readonly analyses: readonly Analysis[];
  /** ISO 8601; each analysis's own time where left out. */
  readonly at?: string | undefined;
  /** The fleet's budget of false halts. */
  readonly falseHalts?: number | undefined;
}

/** Decides on every experiment that has an analysis. All that are listed share the budget. */
export function analyzeAlone({ files, analyses, at, falseHalts }: AloneRequest): Decision[] {
  const byExperiment = new Map(analyses.map((analysis) => [analysis.experiment, analysis]));
  const entries = files.map(({ experiment, ramp }) => {
    return { experiment, ramp: ramp ?? rampFrom(experiment, byExperiment.get(experiment.id)) };
  });
  return files.flatMap(({ experiment, looks }, index) => {
    const analysis = byExperiment.get(experiment.id);
    const entry = entries[index];
    if (analysis === undefined || entry === undefined) return [];
    const now = at ?? analysis.at;
    const campaign = files.map((file) => file.experiment).filter((other) => sameCampaign(experiment, other));
    const budget = campaignBudgets(campaign, falseHalts).get(experiment.id);
    if (budget === undefined) return [];
    return [decide({ experiment, ramp: entry.ramp, analysis, looks, budget, blocks: raiseBlocks(experiment, entries, now), at: now })];
  });
}

/** Where no ramp is told: each phase of the data is the next stage, and their hours count as over. */
function rampFrom({ id, stages }: Experiment, analysis: Analysis | undefined): Ramp {
  const last = Math.max(
    0,
    ...(analysis?.exposures ?? []).map(({ phase }) => phase),
    ...(analysis?.statistics ?? []).map(({ phase }) => phase),
  );
  const phases = Array.from({ length: last }, (_, index) => {
    const stage = Math.min(index, stages.length - 1);
    return { phase: index + 1, stage, percent: stages[stage]?.percent ?? 0, began: LONG_AGO };
  });
  return { experiment: id, state: last === 0 ? "draft" : "running", phases };
}

const LONG_AGO = "1970-01-01T00:00:00.000Z";
