/** Owns the one budget of false halts of all experiments that run together, and its split over use cases and metrics. */
import type { Experiment, Metric } from "../../model/experiment.js";

export interface Budget {
  readonly method: "split" | "e-bh";
  /** Of the whole fleet. */
  readonly alpha: number;
  /** This experiment's part of it, 0 to 1. */
  readonly share: number;
  /** Tests of all experiments together. */
  readonly tests: number;
  /** e-BH: the e-value from which harm counts as proven, for all experiments; `split` has one per metric. */
  readonly eThreshold?: number | undefined;
}

/** The budget's error where nothing else is told: one campaign in twenty has a false halt. */
export const FALSE_HALTS = 0.05;

/** Level of a signal's test: it holds, and costs the budget nothing. */
export const FALSE_SIGNALS = 0.01;

/** Primary and guardrail metrics halt. */
export function halts({ role }: Metric): boolean {
  return role !== "signal";
}

/**
 * The budgets of a campaign's experiments by their ids. A share that is written down stays; what is left is split over the others by
 * the weights of their metrics. Shares must not change while an experiment runs, so `unfork experiment plan` writes them down, with the error
 * that they are parts of; `alpha` prevails over that. A use case that is tried again has its share again: what its rounds take is counted once,
 * so that those of the others stay. Where too little is left for those without a share, each gets the part of its weights all the same, and all
 * shares shrink: no test goes without.
 */
export function campaignBudgets(
  experiments: readonly Experiment[],
  alpha?: number,
  method: Budget["method"] = "split",
): ReadonlyMap<string, Budget> {
  const open = experiments.filter(({ budgetShare }) => budgetShare === undefined);
  const left = 1 - overUseCases(experiments, ({ budgetShare = 0 }) => budgetShare);
  const [ofOpen, ofAll] = [sumOf(open, weightOf), sumOf(experiments, weightOf)];
  const forOpen = Math.max(left, left < ofOpen / ofAll / 10 ? ofOpen / ofAll : 0);
  const shareOf = (experiment: Experiment) => experiment.budgetShare ?? (ofOpen === 0 ? 0 : (forOpen * weightOf(experiment)) / ofOpen);
  const total = Math.max(1, overUseCases(experiments, shareOf));
  const tests = sumOf(experiments, ({ metrics }) => metrics.filter(halts).length);
  return new Map(
    experiments.map((experiment) => [
      experiment.id,
      { method, alpha: alpha ?? experiment.falseHalts ?? FALSE_HALTS, share: shareOf(experiment) / total, tests },
    ]),
  );
}

/** A use case's rounds count as the greatest of them: they run one after the other. */
function overUseCases(experiments: readonly Experiment[], of: (one: Experiment) => number): number {
  const greatest = new Map<string, number>();
  for (const one of experiments) greatest.set(one.useCase, Math.max(greatest.get(one.useCase) ?? 0, of(one)));
  return sumOf([...greatest.values()], (share) => share);
}

function sumOf<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((sum, one) => sum + of(one), 0);
}

function weightOf({ metrics }: Experiment): number {
  return metrics.filter(halts).reduce((sum, { weight = 1 }) => sum + weight, 0);
}

/** The level of one metric's test of harm. */
export function alphaOf(experiment: Experiment, metric: Metric, budget: Budget): number {
  if (!halts(metric)) return FALSE_SIGNALS;
  return (budget.alpha * budget.share * (metric.weight ?? 1)) / weightOf(experiment);
}

/** Experiments that share a budget: those towards one release of one project, A/A experiments apart. */
export function sameCampaign(one: Experiment, other: Experiment): boolean {
  return one.project === other.project && one.to.release === other.to.release && one.aa === other.aa;
}
