/** Owns the plan for a release: one experiment per use case from the first template that fits, and what it can be expected to show. */
import type { ExperimentPlan, ExperimentsConfig, PlannedExperiment, Template } from "../../model/experiment-plan.js";
import { type Experiment, type Metric, experimentSchema } from "../../model/experiment.js";
import type { FlavorRange } from "../../model/flavor-range.js";
import { powerPerGuardrail } from "../../stats/power/means.js";
import { anyNameGlob } from "../../support/glob.js";
import { UnforkError } from "../../support/errors.js";
import { type Budget, alphaOf, campaignBudgets, halts } from "../decide/budget.js";
import { smallestHarm } from "./finds.js";
import { gateUnits } from "./gate-units.js";
import { problemsOf } from "./problems.js";
import { stageDays, unitsAtEnd } from "./stage-days.js";
import { usualStages } from "./usual-stages.js";

export interface PlanRequest {
  readonly project: string;
  readonly useCases: readonly string[];
  readonly config: ExperimentsConfig;
  /** Releases; for an A/A plan the old one on both sides. */
  readonly from: string;
  readonly to: string;
  readonly aa: boolean;
  /** From 2 on the ids end with it: a plan after a halt or a rollback. */
  readonly round?: number;
  /** What lies between the releases; kept in each experiment. */
  readonly between?: FlavorRange | undefined;
  /** 32 hexadecimal digits, another at each call. */
  readonly newSalt: () => string;
}

/** Plans. The shares of the budget are written into the experiments, so that they stay when others are planned later. */
export function planExperiments(request: PlanRequest): ExperimentPlan {
  const { config, project, from, to, aa, useCases } = request;
  const chosen = useCases.map((useCase) => ({ useCase, template: templateFor(useCase, config) }));
  const drafts = chosen.flatMap(({ useCase, template }) =>
    template === undefined ? [] : [{ template, experiment: draftOf(useCase, template, request) }],
  );
  const budgets = campaignBudgets(
    drafts.map(({ experiment }) => experiment),
    config.falseHalts,
  );
  const planned = drafts.map(({ experiment, template }) => plannedOf(experiment, template, budgets.get(experiment.id), config));
  const tests = drafts.reduce((sum, { experiment }) => sum + experiment.metrics.filter(halts).length, 0);
  return {
    project,
    from,
    to,
    aa,
    budget: { alpha: config.falseHalts, tests },
    power: config.power,
    experiments: planned,
    without: chosen.flatMap(({ useCase, template }) => (template === undefined ? [useCase] : [])),
  };
}

function templateFor(useCase: string, { templates }: ExperimentsConfig): Template | undefined {
  return templates.find((template) => anyNameGlob(template.useCases)(useCase));
}

function draftOf(
  useCase: string,
  template: Template,
  { project, config, from, to, aa, round = 1, newSalt, between }: PlanRequest,
): Experiment {
  const metrics = template.metrics.map((name) => metricOf(name, template, config));
  const stages = template.stages ?? usualStages(template);
  return experimentSchema.parse({
    id: idOf(`${useCase}-${to}${aa ? "-aa" : ""}`, round > 1 ? `-r${round}` : ""),
    project,
    useCase,
    from: { flavor: "legacy", release: from },
    to: aa ? { flavor: "legacy", release: from } : { flavor: "latest", release: to },
    unit: template.unit,
    salt: newSalt(),
    stages: aa ? stages.filter(({ percent }) => percent <= 50) : stages,
    metrics,
    aa,
    // Where both arms run the old flavor, nothing that another use case changes can matter.
    dependsOn: aa ? [] : template.dependsOn.filter((other) => other !== useCase),
    freeze: config.freeze,
    ...(between === undefined || aa ? {} : { between }),
  });
}

function idOf(text: string, ending: string): string {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-")
    .replace(/^[^a-z0-9]+/, "")
    .slice(0, 100 - ending.length);
  return `${name}${ending}`;
}

/** With the units that its gate needs, where that can be told; each guardrail needs more power than all together. */
function metricOf(name: string, template: Template, config: ExperimentsConfig): Metric {
  const listed = config.metrics[name];
  if (listed === undefined)
    throw new UnforkError(
      "config-invalid",
      `a template of experiments names the metric '${name}', which experiments.metrics does not list`,
      {
        context: { key: "experiments.templates" },
      },
    );
  const { expects, ...body } = listed;
  const metric: Metric = { name, ...body };
  if (metric.plannedUnits !== undefined) return metric;
  const units = gateUnits(metric, expects, powerOf(template, config));
  return units === undefined || !Number.isFinite(units) ? metric : { ...metric, plannedUnits: units };
}

function powerOf({ metrics }: Template, config: ExperimentsConfig): number {
  const guardrails = metrics.filter((name) => config.metrics[name]?.role !== "signal");
  return powerPerGuardrail(config.power, guardrails.length);
}

function plannedOf(draft: Experiment, template: Template, budget: Budget | undefined, config: ExperimentsConfig): PlannedExperiment {
  const share = budget?.share ?? 0;
  const experiment: Experiment = { ...draft, budgetShare: share, falseHalts: config.falseHalts };
  const power = powerOf(template, config);
  const needs = experiment.stages.map((stage) => {
    const units = experiment.metrics.filter(halts).map((metric) => unitsFor(metric, config, power, stage.marginFactor));
    return units.includes(undefined) ? undefined : Math.max(stage.minExposures, ...units.map((each) => each ?? 0));
  });
  const stages = stageDays(experiment.stages, needs, template);
  const end = unitsAtEnd(stages, template);
  const metrics = experiment.metrics.map((metric) => {
    const alpha = alphaOf(experiment, metric, { method: "split", alpha: config.falseHalts, share, tests: 0 });
    const units = unitsFor(metric, config, power, 1);
    const finds = end < 2 ? undefined : smallestHarm(metric, config.metrics[metric.name]?.expects ?? {}, alpha, config.power, end);
    const findsAs = metric.kind === "rare" ? ("ratio" as const) : ("difference" as const);
    return { metric: metric.name, role: metric.role, gateUnits: finite(units), alpha, finds: finite(finds), findsAs };
  });
  const days = stages.some((stage) => stage.days === null) ? null : stages.reduce((sum, stage) => sum + (stage.days ?? 0), 0);
  const plan = { experiment, metrics, stages, days };
  return { ...plan, problems: problemsOf(plan, config) };
}

function unitsFor(metric: Metric, config: ExperimentsConfig, power: number, factor: number): number | undefined {
  return gateUnits(metric, config.metrics[metric.name]?.expects ?? {}, power, factor);
}

function finite(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}
