/** Owns what many simulated campaigns come to: false halts, power, harm let through, time, bias. */
import type { Simulation, SimulatedOutcome, SimulationResult } from "../../model/simulation.js";
import { halts } from "../decide/budget.js";
import { meanOf, rateOf, spreadOf } from "./rates.js";
import type { UseCaseOutcome } from "./use-case-run.js";
import { isHarm, trueDifference } from "./values.js";

export function summarizeRuns(scenario: Simulation, runs: readonly (readonly UseCaseOutcome[])[]): SimulationResult {
  const harmed = scenario.useCases.map(({ metrics }) => metrics.some(isHarm));
  const falseHalts = runs.filter((run) => run.some(({ kind, state }) => state === "halted" && harmed[kind] === false)).length;
  const tests = scenario.useCases.reduce(
    (sum, { count, metrics }) => sum + count * metrics.filter(({ metric }) => halts(metric)).length,
    0,
  );
  const all = runs.flat();
  return {
    runs: runs.length,
    days: scenario.days,
    tests,
    budget: scenario.budget.alpha,
    anyFalseHalt: rateOf(falseHalts, runs.length),
    outcomes: scenario.useCases.map((_, kind) => outcomeOf(scenario, kind, harmed[kind] === true, all)),
  };
}

function outcomeOf(scenario: Simulation, kind: number, harmed: boolean, all: readonly UseCaseOutcome[]): SimulatedOutcome {
  const useCase = scenario.useCases[kind] as Simulation["useCases"][number];
  const own = all.filter((each) => each.kind === kind);
  const halted = own.filter(({ state }) => state === "halted");
  const promoted = own.filter(({ state }) => state === "promoted");
  return {
    name: useCase.name,
    useCases: useCase.count,
    harmed,
    halted: rateOf(halted.length, own.length),
    promoted: rateOf(promoted.length, own.length),
    held: rateOf(own.filter(({ state }) => state === "holding").length, own.length),
    daysToHalt: spreadOf(halted.map(({ days }) => days)),
    daysToPromote: spreadOf(promoted.map(({ days }) => days)),
    unitsPerArmToHalt: spreadOf(halted.map(({ unitsPerArm }) => unitsPerArm)),
    unitsExposed: spreadOf(own.map(({ exposed }) => exposed)),
    metrics: useCase.metrics.map((simulated, index) => metricOf(simulated.metric.name, trueDifference(simulated) ?? null, index, own)),
  };
}

function metricOf(
  metric: string,
  truth: number | null,
  index: number,
  own: readonly UseCaseOutcome[],
): SimulatedOutcome["metrics"][number] {
  const { mean, error } = meanOf(own.flatMap(({ estimates }) => estimates[index] ?? []));
  const held = own.flatMap(({ covered }) => covered?.[index] ?? []);
  return {
    metric,
    truth,
    haltedBy: rateOf(own.filter(({ haltedBy }) => haltedBy.includes(metric)).length, own.length),
    estimate: mean,
    error,
    covered: truth === null || held.length === 0 ? null : rateOf(held.filter(Boolean).length, held.length),
  };
}
