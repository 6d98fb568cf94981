/** Owns the simulated units of one use case: who comes, who stays, and into which arm and phase each goes. */
import type { Analysis } from "../../model/arm-statistics.js";
import { ARMS, type Arm } from "../../model/experiment.js";
import type { Fleet, SimulatedUseCase } from "../../model/simulation.js";
import type { UnitDraws } from "./blocks.js";
import { drawBinomial, drawPoisson } from "./draws.js";
import { type PhaseArm, drawEvents, enrollUnits, loseUnits, newPhaseArm, rowsOf } from "./phase-arm.js";
import { dayFactor } from "./values.js";

export interface UseCaseFleet {
  readonly experiment: string;
  readonly useCase: SimulatedUseCase;
  readonly fleet: Fleet;
  readonly draws: UnitDraws;
  readonly arms: PhaseArm[];
  /** Units that come back and are in no arm at the present stage. */
  outside: number;
  /** Percent of the last day. */
  percent: number;
  /** Units that ran the new flavor. */
  exposed: number;
}

export function newUseCaseFleet(experiment: string, useCase: SimulatedUseCase, fleet: Fleet, draws: UnitDraws): UseCaseFleet {
  return { experiment, useCase, fleet, draws, arms: [], outside: 0, percent: 0, exposed: 0 };
}

/** One look's worth of time: `share` of a day (day 0, 1, …) at a stage of `percent` (0 to 50), in phase `phase`. */
export function stepFleet(
  state: UseCaseFleet,
  when: { readonly day: number; readonly share: number },
  phase: number,
  percent: number,
): void {
  const { fleet, useCase, draws } = state;
  const { day, share } = when;
  const churn = 1 - (1 - fleet.churn) ** share;
  for (const arm of state.arms) loseUnits(arm, churn, draws);
  state.outside -= drawBinomial(draws.uniform, state.outside, churn);
  const come = drawPoisson(draws.uniform, fleet.unitsPerDay * share * (day % 7 >= 5 ? fleet.weekend : 1));
  const factors = useCase.metrics.map(({ truth }) => dayFactor(draws.normal, truth, fleet.drift));
  const joined = join(state, come, percent);
  for (const arm of ARMS) enrollIn(state, arm, joined[arm], phase, factors, day);
  for (const arm of state.arms) drawEvents(arm, day, draws);
}

/** The part of those outside that a raised stage takes in, and that of the new ones; the same number of buckets for both arms. */
function join(state: UseCaseFleet, come: number, percent: number): Record<Arm, number> {
  const raised = percent > state.percent ? (percent - state.percent) / (100 - 2 * state.percent) : 0;
  const [oldTreatment, oldControl] = twoOf(state, state.outside, raised);
  const [newTreatment, newControl] = twoOf(state, come, percent / 100);
  state.outside += come - oldTreatment - oldControl - newTreatment - newControl;
  state.percent = percent;
  const joined = { treatment: oldTreatment + newTreatment, control: oldControl + newControl };
  state.exposed += joined.treatment;
  return joined;
}

function twoOf({ draws }: UseCaseFleet, units: number, share: number): readonly [number, number] {
  const first = drawBinomial(draws.uniform, units, share);
  return [first, share >= 0.5 ? units - first : drawBinomial(draws.uniform, units - first, share / (1 - share))];
}

function enrollIn(state: UseCaseFleet, arm: Arm, units: number, phase: number, factors: readonly number[], day: number): void {
  const { fleet, draws } = state;
  if (fleet.mixed === 0) return enrollUnits(armOf(state, phase, arm), units, fleet, factors, day, draws);
  const mixed = drawBinomial(draws.uniform, units, fleet.mixed);
  enrollUnits(armOf(state, phase, arm, "same"), units - mixed, fleet, factors, day, draws);
  enrollUnits(armOf(state, phase, arm, "mixed"), mixed, fleet, factors, day, draws);
}

function armOf(state: UseCaseFleet, phase: number, arm: Arm, pair?: "same" | "mixed"): PhaseArm {
  const found = state.arms.find(({ exposure }) => exposure.phase === phase && exposure.arm === arm && exposure.pair === pair);
  if (found !== undefined) return found;
  const made = newPhaseArm({ experiment: state.experiment, phase, arm, ...(pair === undefined ? {} : { pair }) }, state.useCase.metrics);
  state.arms.push(made);
  return made;
}

/** What the server's analysis would give now. */
export function analysisOf({ experiment, arms }: UseCaseFleet, at: string): Analysis {
  return { experiment, at, statistics: arms.flatMap(rowsOf), exposures: arms.map(({ exposure }) => exposure) };
}
