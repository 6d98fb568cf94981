/** Owns one simulated campaign: every use case ramped day by day, by the decisions that the server takes. */
import type { Decision, GateLook } from "../../model/decision.js";
import { type Experiment, experimentSchema } from "../../model/experiment.js";
import type { Simulation, SimulatedUseCase } from "../../model/simulation.js";
import { type Budget, campaignBudgets } from "../decide/budget.js";
import { decide } from "../decide/decide.js";
import { type RampEntry, newRamp } from "../ramp/entry.js";
import { applyDecision, beginPhase, startRamp } from "../ramp/transitions.js";
import { stagesOf } from "./default-scenario.js";
import { normalStream, uniformStream } from "./draws.js";
import { type UseCaseFleet, analysisOf, newUseCaseFleet, stepFleet } from "./use-case-fleet.js";

/** How one use case ended. */
export interface UseCaseOutcome {
  /** Index into the scenario's use cases. */
  readonly kind: number;
  readonly state: "halted" | "promoted" | "holding" | "running";
  /** Days from its start to the halt or to the end of the ramp. */
  readonly days: number;
  /** Units that ran the new flavor. */
  readonly exposed: number;
  /** Units per arm at the end. */
  readonly unitsPerArm: number;
  readonly haltedBy: readonly string[];
  /** By metric of the experiment, at the last look with a control. */
  readonly estimates: readonly (number | null)[];
  /** By metric: whether every look's interval held the truth; undefined where intervals were not asked for. */
  readonly covered?: readonly boolean[];
}

export interface RunRequest {
  readonly scenario: Simulation;
  readonly run: number;
  /** The difference that is true, by kind and metric; intervals are made and held against it where it is given. */
  readonly truths?: readonly (readonly (number | undefined)[])[];
}

/** A Monday; only differences of days count. */
const START = Date.UTC(2026, 0, 5);
const DAY = 86_400_000;

export function simulateRun({ scenario, run, truths }: RunRequest): UseCaseOutcome[] {
  const kinds = scenario.useCases.flatMap((useCase, kind) => Array.from({ length: useCase.count }, () => kind));
  const experiments = kinds.map((kind, index) => experimentOf(scenario, kind, index));
  const budgets = campaignBudgets(experiments, scenario.budget.alpha, scenario.budget.method);
  return experiments.map((experiment, index) => {
    const kind = kinds[index] ?? 0;
    const budget = budgets.get(experiment.id) as Budget;
    const uniform = uniformStream(scenario.seed * 1_000_003 + run, index + 1);
    const fleet = newUseCaseFleet(experiment.id, scenario.useCases[kind] as SimulatedUseCase, scenario.fleet, {
      uniform,
      normal: normalStream(uniform),
    });
    return rampUseCase({ scenario, kind, experiment, budget, fleet, truth: truths?.[kind] });
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

interface RampRequest {
  readonly scenario: Simulation;
  readonly kind: number;
  readonly experiment: Experiment;
  readonly budget: Budget;
  readonly fleet: UseCaseFleet;
  readonly truth: readonly (number | undefined)[] | undefined;
}

function rampUseCase({ scenario, kind, experiment, budget, fleet, truth }: RampRequest): UseCaseOutcome {
  let entry: RampEntry = { experiment, ramp: newRamp(experiment) };
  entry = started(entry, START);
  const looks: GateLook[] = [];
  const covered = experiment.metrics.map(() => true);
  const seen = truth === undefined ? undefined : covered;
  let last: Decision | undefined;
  const share = 1 / scenario.looksPerDay;
  for (let step = 1; step <= scenario.days * scenario.looksPerDay; step++) {
    const phase = entry.ramp.phases.at(-1);
    if (phase === undefined || phase.percent > 50) break;
    stepFleet(fleet, { day: Math.floor((step - 1) * share), share }, phase.phase, phase.percent);
    const now = START + step * share * DAY;
    const at = new Date(now).toISOString();
    last = decide({ experiment, ramp: entry.ramp, analysis: analysisOf(fleet, at), looks, budget, at, detail: truth !== undefined });
    if (last.look !== undefined) looks.push(last.look);
    if (truth !== undefined) holdAgainst(truth, last, covered);
    entry = { experiment, ramp: applyDecision(entry, last) };
    if (entry.ramp.state === "halted") return outcomeOf(kind, "halted", step * share, fleet, last, seen);
    if (entry.ramp.pending !== undefined) entry = { experiment, ramp: beginPhase(entry, at) };
    if (entry.ramp.state === "promoted") return outcomeOf(kind, "promoted", step * share, fleet, last, seen);
  }
  return outcomeOf(kind, entry.ramp.state === "holding" ? "holding" : "running", scenario.days, fleet, last, seen);
}

function started(entry: RampEntry, at: number): RampEntry {
  const step = { at: new Date(at).toISOString(), by: "unfork", reason: "simulated" };
  const waiting = { experiment: entry.experiment, ramp: startRamp(entry, step, [entry]) };
  return { experiment: entry.experiment, ramp: beginPhase(waiting, step.at) };
}

function holdAgainst(truth: readonly (number | undefined)[], { perMetric }: Decision, covered: boolean[]): void {
  perMetric.forEach(({ interval: [low, high] }, index) => {
    const value = truth[index];
    if (value !== undefined && ((low !== null && value < low) || (high !== null && value > high))) covered[index] = false;
  });
}

function outcomeOf(
  kind: number,
  state: UseCaseOutcome["state"],
  days: number,
  fleet: UseCaseFleet,
  last: Decision | undefined,
  covered: readonly boolean[] | undefined,
): UseCaseOutcome {
  const perMetric = last?.perMetric ?? [];
  return {
    kind,
    state,
    days,
    exposed: fleet.exposed,
    unitsPerArm: fleet.arms.reduce((sum, { arm, exposure }) => sum + (arm === "treatment" ? exposure.units : 0), 0),
    haltedBy: state === "halted" ? perMetric.filter(({ verdict }) => verdict === "harmed").map(({ metric }) => metric) : [],
    estimates: perMetric.map(({ estimate }) => estimate),
    ...(covered === undefined ? {} : { covered }),
  };
}
