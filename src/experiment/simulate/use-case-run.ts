/** Owns one use case of a simulated campaign: its ramp, its looks, and how it ended. */
import type { Decision, GateLook } from "../../model/decision.js";
import type { Experiment } from "../../model/experiment.js";
import type { Fleet, SimulatedUseCase } from "../../model/simulation.js";
import type { Budget } from "../decide/budget.js";
import type { DecideRequest } from "../decide/decide.js";
import { type RampEntry, newRamp, phaseNow } from "../ramp/entry.js";
import { applyDecision, beginPhase, startRamp } from "../ramp/transitions.js";
import type { UnitDraws } from "./blocks.js";
import { type UseCaseFleet, analysisOf, newUseCaseFleet, stepFleet } from "./use-case-fleet.js";

/** How one use case ended. */
export interface UseCaseOutcome {
  /** Index into the scenario's use cases. */
  readonly kind: number;
  readonly state: "halted" | "promoted" | "holding" | "running";
  /** Days from its start to the halt or to the end of the ramp; all of them otherwise. */
  readonly days: number;
  /** Units that ran the new flavor. */
  readonly exposed: number;
  /** Units in the treatment at the end. */
  readonly unitsPerArm: number;
  readonly haltedBy: readonly string[];
  /** By metric of the experiment, at the last look. */
  readonly estimates: readonly (number | null)[];
  /** By metric: whether every look's interval held the truth; left out where intervals were not asked for. */
  readonly covered?: readonly boolean[];
}

/** While it runs. */
export interface UseCaseRun {
  readonly kind: number;
  readonly budget: Budget;
  readonly fleet: UseCaseFleet;
  readonly looks: GateLook[];
  readonly truth: readonly (number | undefined)[] | undefined;
  readonly covered: boolean[];
  entry: RampEntry;
  last: Decision | undefined;
  /** Days until it was halted or promoted. */
  ended: number | undefined;
}

export interface StartRequest {
  readonly kind: number;
  readonly experiment: Experiment;
  readonly budget: Budget;
  readonly useCase: SimulatedUseCase;
  readonly fleet: Fleet;
  readonly draws: UnitDraws;
  /** The difference that is true, by metric. */
  readonly truth: readonly (number | undefined)[] | undefined;
  readonly at: string;
}

/** At its first stage: every raise is signed at once. */
export function startUseCase({ kind, experiment, budget, useCase, fleet, draws, truth, at }: StartRequest): UseCaseRun {
  const draft: RampEntry = { experiment, ramp: newRamp(experiment) };
  const pending = { experiment, ramp: startRamp(draft, { at, by: "unfork", reason: "simulated" }, [draft]) };
  return {
    kind,
    budget,
    fleet: newUseCaseFleet(experiment.id, useCase, fleet, draws),
    looks: [],
    truth,
    covered: experiment.metrics.map(() => true),
    entry: { experiment, ramp: beginPhase(pending, at) },
    last: undefined,
    ended: undefined,
  };
}

/** One look's worth of units, and what the server would ask then. */
export function askFor(run: UseCaseRun, when: { readonly day: number; readonly share: number }, at: string): DecideRequest {
  const { entry, fleet, looks, budget, truth } = run;
  const phase = phaseNow(entry.ramp);
  stepFleet(fleet, when, phase?.phase ?? 1, phase?.percent ?? 0);
  return { ...entry, analysis: analysisOf(fleet, at), looks, budget, at, detail: truth !== undefined };
}

/** What the decision changes; `days` have gone by. */
export function applyTo(run: UseCaseRun, decision: Decision, days: number): void {
  const { experiment } = run.entry;
  if (decision.look !== undefined) run.looks.push(decision.look);
  if (run.truth !== undefined) holdAgainst(run.truth, decision, run.covered);
  run.last = decision;
  run.entry = { experiment, ramp: applyDecision(run.entry, decision) };
  if (run.entry.ramp.pending !== undefined) run.entry = { experiment, ramp: beginPhase(run.entry, decision.at) };
  if (run.entry.ramp.state === "halted" || run.entry.ramp.state === "promoted") run.ended = days;
}

function holdAgainst(truth: readonly (number | undefined)[], { perMetric }: Decision, covered: boolean[]): void {
  perMetric.forEach(({ interval: [low, high] }, index) => {
    const value = truth[index];
    if (value !== undefined && ((low !== null && value < low) || (high !== null && value > high))) covered[index] = false;
  });
}

export function outcomeOf({ kind, entry, fleet, last, ended, truth, covered }: UseCaseRun, days: number): UseCaseOutcome {
  const { state } = entry.ramp;
  const perMetric = last?.perMetric ?? [];
  return {
    kind,
    state: state === "halted" || state === "promoted" || state === "holding" ? state : "running",
    days: ended ?? days,
    exposed: fleet.exposed,
    unitsPerArm: fleet.arms.reduce((sum, { arm, exposure }) => sum + (arm === "treatment" ? exposure.units : 0), 0),
    haltedBy: state === "halted" ? perMetric.filter(({ verdict }) => verdict === "harmed").map(({ metric }) => metric) : [],
    estimates: perMetric.map(({ estimate }) => estimate),
    ...(truth === undefined ? {} : { covered }),
  };
}
