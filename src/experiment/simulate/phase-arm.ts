/** Owns one simulated arm of one phase: its units, those that may still have an event, and the sums that an analysis would read. */
import type { ArmExposure, ArmStatistics } from "../../model/arm-statistics.js";
import type { Arm } from "../../model/experiment.js";
import type { Fleet, SimulatedMetric } from "../../model/simulation.js";
import { type Bins, addToBins, emptyBins } from "./bins.js";
import type { UnitDraws } from "./blocks.js";
import { drawBinomial } from "./draws.js";
import { type GrowingStatistics, addCounts, addUnits, lineOf } from "./values.js";

type GrowingExposure = { -readonly [key in keyof ArmExposure]: ArmExposure[key] };

interface MetricState {
  readonly simulated: SimulatedMetric;
  readonly row: GrowingStatistics;
  readonly bins: Bins | undefined;
  /** Units that come back and had no event yet. */
  atRisk: number;
}

export interface PhaseArm {
  readonly arm: Arm;
  /** The part of the effect that its units have: 0 in the control, half where the other end runs the other flavor. */
  readonly scale: number;
  readonly exposure: GrowingExposure;
  readonly metrics: readonly MetricState[];
}

export interface PhaseArmName {
  readonly experiment: string;
  readonly phase: number;
  readonly arm: Arm;
  readonly pair?: "same" | "mixed";
}

export function newPhaseArm(name: PhaseArmName, metrics: readonly SimulatedMetric[]): PhaseArm {
  const states = metrics.map((simulated): MetricState => {
    const row: GrowingStatistics = { ...name, metric: simulated.metric.name, units: 0, sum: 0, sumSquares: 0 };
    if (simulated.metric.kind === "ratio") Object.assign(row, { denominatorSum: 0, denominatorSquares: 0, cross: 0 });
    if (simulated.metric.cuped === true) Object.assign(row, { covariateSum: 0, covariateSquares: 0, covariateCross: 0 });
    if (isEvent(simulated)) row.events = 0;
    return { simulated, row, bins: simulated.metric.kind === "quantile" ? emptyBins() : undefined, atRisk: 0 };
  });
  const scale = name.arm === "control" ? 0 : name.pair === "mixed" ? 0.5 : 1;
  return { arm: name.arm, scale, exposure: { ...name, units: 0, silent: 0, due: 0, unitsLastDay: 0 }, metrics: states };
}

/** A share of the units does not come back. */
export function loseUnits(arm: PhaseArm, churn: number, { uniform }: UnitDraws): void {
  arm.exposure.unitsLastDay = 0;
  for (const state of arm.metrics) state.atRisk -= drawBinomial(uniform, state.atRisk, churn);
}

/** New units: some exposures never arrive, of some units nothing else does. `factors`: the day's, by metric. */
export function enrollUnits(arm: PhaseArm, units: number, fleet: Fleet, factors: readonly number[], day: number, draws: UnitDraws): void {
  const seen = units - drawBinomial(draws.uniform, units, fleet.lostExposures[arm.arm]);
  const told = seen - drawBinomial(draws.uniform, seen, fleet.lost[arm.arm]);
  const { exposure } = arm;
  exposure.units += seen;
  exposure.due = (exposure.due ?? 0) + seen;
  exposure.silent += seen - told;
  exposure.unitsLastDay = seen;
  arm.metrics.forEach((state, index) => enrollIn(state, arm, { seen, told }, factors[index] ?? 1, fleet.churn, day, draws));
}

interface Enrolled {
  readonly seen: number;
  readonly told: number;
}

function enrollIn(
  state: MetricState,
  arm: PhaseArm,
  { seen, told }: Enrolled,
  factor: number,
  churn: number,
  day: number,
  draws: UnitDraws,
): void {
  const { simulated, row, bins } = state;
  const scale = hasEffect(simulated, day) ? arm.scale : 0;
  if (isEvent(simulated)) {
    row.units += seen;
    state.atRisk += told;
  } else if (simulated.metric.kind === "count") {
    row.units += seen - told;
    addCounts(row, told, rateOf(simulated, scale) / Math.max(churn, 0.01), draws);
  } else if (bins !== undefined) {
    addToBins(bins, told, simulated.truth.spread, lineOf(simulated.truth, factor, scale), draws);
    row.units += told;
  } else addUnits(row, simulated, told, lineOf(simulated.truth, factor, scale), draws);
}

/** One day's events among the units that are there; a unit counts once. */
export function drawEvents(arm: PhaseArm, day: number, { uniform }: UnitDraws): void {
  for (const state of arm.metrics) {
    if (!isEvent(state.simulated)) continue;
    const events = drawBinomial(uniform, state.atRisk, rateOf(state.simulated, hasEffect(state.simulated, day) ? arm.scale : 0));
    const { row } = state;
    state.atRisk -= events;
    row.events = (row.events ?? 0) + events;
    row.sum += events;
    row.sumSquares += events;
  }
}

/** The rows as an analysis gives them. */
export function rowsOf({ metrics }: PhaseArm): ArmStatistics[] {
  return metrics.map(({ row, bins }) => (bins === undefined ? row : { ...row, histogram: bins.ordered }));
}

/** Of each unit it only counts whether it had an event. */
function isEvent({ metric }: SimulatedMetric): boolean {
  return metric.kind === "rare" || metric.kind === "proportion";
}

function hasEffect({ truth }: SimulatedMetric, day: number): boolean {
  return truth.days === undefined || (day >= truth.days[0] && day <= truth.days[1]);
}

function rateOf({ truth }: SimulatedMetric, scale: number): number {
  const { rate, effect } = truth;
  if (effect === undefined || scale === 0) return rate;
  return Math.min(1, "times" in effect ? rate * effect.times ** scale : rate + effect.add * scale);
}
