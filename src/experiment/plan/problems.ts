/** Owns what a plan cannot promise, in sentences. */
import type { ExperimentsConfig, PlannedExperiment } from "../../model/experiment-plan.js";
import { figure } from "../../support/figures.js";

/** Longer than this a ramp is likely to be overtaken by the next release. */
const LONG_DAYS = 120;

export function problemsOf(
  { experiment, metrics, stages, days }: Omit<PlannedExperiment, "problems">,
  config: ExperimentsConfig,
): string[] {
  const problems: string[] = [];
  for (const { metric, role, gateUnits } of metrics) {
    if (role === "signal" || gateUnits !== null) continue;
    const { kind, margin } = experiment.metrics.find(({ name }) => name === metric) ?? {};
    const lacks = kind === "rare" || kind === "proportion" ? "rate" : "deviation";
    const known = config.metrics[metric]?.expects[lacks] !== undefined;
    if (margin === 0) problems.push(`${metric} has a margin of 0: "no worse" cannot be shown with any number of units`);
    else if (!known) problems.push(`${metric} has no expects.${lacks}: its power cannot be told; an A/A experiment measures it`);
  }
  const short = stages.find((stage) => stage.days === null && stage.units !== null);
  if (short !== undefined)
    problems.push(
      `the gate behind ${String(short.percent)} % needs ${figure(short.units ?? 0)} units per arm, and that stage brings ${figure(Math.floor(short.supply ?? 0))} at most: widen the margin${short.percent < 50 ? " or the stage's marginFactor, or leave the stage out" : ""}`,
    );
  if (days !== null && days > LONG_DAYS)
    problems.push(`takes ${figure(Math.ceil(days))} days: fewer stages or a wider margin would shorten it`);
  for (const { metric, role, finds, findsAs, gateUnits } of metrics) {
    if (role === "signal" || finds !== null || gateUnits === null || short !== undefined) continue;
    problems.push(findsAs === "ratio" ? `${metric} is too rare here: not even 50 times the rate would halt` : `${metric} cannot halt`);
  }
  return problems;
}
