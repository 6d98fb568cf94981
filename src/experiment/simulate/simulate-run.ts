/** Owns one simulated campaign: every use case ramped day by day, by the decisions that the server takes. */
import { type Experiment, experimentSchema } from "../../model/experiment.js";
import type { SimulatedUseCase, Simulation } from "../../model/simulation.js";
import { type Budget, campaignBudgets } from "../decide/budget.js";
import { decideFleet } from "../decide/decide-fleet.js";
import { stagesOf } from "./default-scenario.js";
import { normalStream, uniformStream } from "./draws.js";
import { type UseCaseOutcome, type UseCaseRun, applyTo, askFor, outcomeOf, startUseCase } from "./use-case-run.js";

export interface RunRequest {
  readonly scenario: Simulation;
  readonly run: number;
  /** The difference that is true, by kind and metric; intervals are made and held against it where it is given. */
  readonly truths?: readonly (readonly (number | undefined)[])[];
}

/** A Monday; only differences of days count. */
const START = Date.UTC(2026, 0, 5);
const DAY = 86_400_000;

/** How each use case ended. */
export function simulateRun(request: RunRequest): UseCaseOutcome[] {
  const { days, looksPerDay } = request.scenario;
  const useCases = useCasesOf(request);
  const share = 1 / looksPerDay;
  for (let step = 1; step <= days * looksPerDay; step++) {
    const active = useCases.filter(({ ended }) => ended === undefined);
    if (active.length === 0) break;
    const at = new Date(START + step * share * DAY).toISOString();
    const when = { day: Math.floor((step - 1) * share), share };
    const requests = active.map((useCase) => askFor(useCase, when, at));
    decideFleet(requests).forEach((decision, index) => applyTo(active[index] as UseCaseRun, decision, step * share));
  }
  return useCases.map((useCase) => outcomeOf(useCase, days));
}

function useCasesOf({ scenario, run, truths }: RunRequest): UseCaseRun[] {
  const kinds = scenario.useCases.flatMap((useCase, kind) => Array.from({ length: useCase.count }, () => kind));
  const experiments = kinds.map((kind, index) => experimentOf(scenario, kind, index));
  const budgets = campaignBudgets(experiments, scenario.budget.alpha, scenario.budget.method);
  return experiments.map((experiment, index) => {
    const kind = kinds[index] ?? 0;
    const uniform = uniformStream(scenario.seed * 1_000_003 + run, index + 1);
    return startUseCase({
      kind,
      experiment,
      budget: budgets.get(experiment.id) as Budget,
      useCase: scenario.useCases[kind] as SimulatedUseCase,
      fleet: scenario.fleet,
      draws: { uniform, normal: normalStream(uniform) },
      truth: truths?.[kind],
      at: new Date(START).toISOString(),
    });
  });
}

function experimentOf(scenario: Simulation, kind: number, index: number): Experiment {
  const useCase = scenario.useCases[kind] as SimulatedUseCase;
  return experimentSchema.parse({
    id: `${useCase.name.toLowerCase()}-${index + 1}`,
    project: "simulated",
    useCase: `${useCase.name}-${index + 1}`,
    from: { flavor: "legacy", release: "old" },
    to: { flavor: "latest", release: "new" },
    unit: useCase.unit,
    salt: "0".repeat(32),
    stages: stagesOf(scenario),
    metrics: useCase.metrics.map(({ metric }) => metric),
  });
}
