/** Owns what is written down of a halt's cause at once, and what a lab is asked. */
import type { Decision } from "../../model/decision.js";
import type { Experiment, Metric } from "../../model/experiment.js";
import type { FlavorRange } from "../../model/flavor-range.js";
import type { HaltAttribution } from "../../model/halt-attribution.js";

/** The range is that of the plan: whoever halts has neither the project nor its sources at hand. */
export function attributeHalt(experiment: Experiment, decision: Decision): HaltAttribution {
  const metrics = harmedMetrics(experiment, decision);
  const { id, useCase, from, to, between = NOT_PLANNED } = experiment;
  const [first] = metrics;
  return {
    kind: "halt",
    experiment: id,
    useCase,
    metrics: metrics.map(({ name }) => name),
    from: from.release,
    to: to.release,
    between,
    bisect: ["unfork", "usecase", "bisect", useCase, ...(first === undefined ? [] : [labMetric(first)])],
  };
}

const NOT_PLANNED: FlavorRange = {
  features: [],
  unknown: ["the experiment was not planned in its project: `unfork experiment plan` writes upstream's commits and the features into it"],
};

/** What a lab is asked to bisect; undefined where no metric was harmed (it stopped with another), or both flavors are one. */
export function bisectFor(experiment: Experiment, decision: Decision): { readonly useCase: string; readonly metric: string } | undefined {
  const [first] = harmedMetrics(experiment, decision);
  return first === undefined || experiment.aa ? undefined : { useCase: experiment.useCase, metric: labMetric(first) };
}

function harmedMetrics({ metrics }: Experiment, { perMetric }: Decision): Metric[] {
  const harmed = new Set(perMetric.filter(({ verdict, role }) => verdict === "harmed" && role !== "signal").map(({ metric }) => metric));
  return metrics.filter(({ name }) => harmed.has(name));
}

/** How the use case's own runs call it. */
function labMetric({ name, lab, kind }: Metric): string {
  return lab ?? (kind === "rare" ? "crash" : name);
}
