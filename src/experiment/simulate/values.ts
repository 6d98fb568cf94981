/** Owns the values of simulated units: lognormal, with a treatment's effect and the day's drift, added to an arm's sums. */
import type { ArmStatistics } from "../../model/arm-statistics.js";
import type { SimulatedEffect, SimulatedMetric, SimulatedTruth } from "../../model/simulation.js";
import { type Uniform, drawPoisson } from "./draws.js";

/** An arm's sums while they grow. */
export type GrowingStatistics = { -readonly [key in keyof ArmStatistics]: ArmStatistics[key] };

export interface UnitDraws {
  readonly uniform: Uniform;
  readonly normal: () => number;
}

/** Sessions of a unit beyond the first, for ratios. */
const MORE_SESSIONS = 4;
/** The part of a unit's scatter that it had before its exposure, too: what CUPED takes off. */
const LASTING = 0.8;

/** How the day moves the values of both arms: a factor on them. */
export function dayFactor(normal: () => number, { spread }: SimulatedTruth, drift: number): number {
  return Math.exp(drift * spread * normal() - (drift * spread) ** 2 / 2);
}

/** Adds `units` new units with a value each; `scale` of the effect is theirs. */
export function addUnits(
  row: GrowingStatistics,
  simulated: SimulatedMetric,
  units: number,
  day: number,
  scale: number,
  draws: UnitDraws,
): void {
  const { metric, truth } = simulated;
  const draw = unitDraw(truth, day, scale, draws.normal);
  row.units += units;
  if (metric.kind === "ratio")
    for (let unit = 0; unit < units; unit++) addRatio(row, draw(), 1 + drawPoisson(draws.uniform, MORE_SESSIONS));
  else if (metric.cuped === true) for (let unit = 0; unit < units; unit++) addWithCovariate(row, truth, draw, draws.normal);
  else
    for (let unit = 0; unit < units; unit++) {
      const value = draw();
      row.sum += value;
      row.sumSquares += value * value;
    }
}

/** Events of `units` new units over their life: Poisson with a gamma's scatter between units (shape 1). */
export function addCounts(row: GrowingStatistics, units: number, mean: number, uniform: Uniform): void {
  row.units += units;
  for (let unit = 0; unit < units; unit++) {
    const events = drawPoisson(uniform, -mean * Math.log(uniform()));
    row.sum += events;
    row.sumSquares += events * events;
    if (events > 0) row.events = (row.events ?? 0) + 1;
  }
}

/** Values of new units, for bins. */
export function unitDraw(truth: SimulatedTruth, day: number, scale: number, normal: () => number): (lasting?: number) => number {
  const { mean, spread, effect } = truth;
  const times = effect !== undefined && "times" in effect ? effect.times ** scale : 1;
  const add = effect !== undefined && "add" in effect ? effect.add * scale : 0;
  const factor = mean * times * day * Math.exp(-(spread * spread) / 2);
  return (lasting) => factor * Math.exp(spread * (lasting === undefined ? normal() : lasting * LASTING + normal() * OWN)) + add;
}

const OWN = Math.sqrt(1 - LASTING * LASTING);

function addRatio(row: GrowingStatistics, value: number, sessions: number): void {
  const total = value * sessions;
  row.sum += total;
  row.sumSquares += total * total;
  row.denominatorSum = (row.denominatorSum ?? 0) + sessions;
  row.denominatorSquares = (row.denominatorSquares ?? 0) + sessions * sessions;
  row.cross = (row.cross ?? 0) + total * sessions;
}

function addWithCovariate(row: GrowingStatistics, truth: SimulatedTruth, draw: (lasting: number) => number, normal: () => number): void {
  const lasting = normal();
  const value = draw(lasting);
  const before = truth.mean * Math.exp(truth.spread * (lasting * LASTING + normal() * OWN) - truth.spread ** 2 / 2);
  row.sum += value;
  row.sumSquares += value * value;
  row.covariateSum = (row.covariateSum ?? 0) + before;
  row.covariateSquares = (row.covariateSquares ?? 0) + before * before;
  row.covariateCross = (row.covariateCross ?? 0) + before * value;
}

/** The effect in the metric's own unit, where it is one number on every day: undefined for factors, which the day's drift multiplies. */
export function trueDifference({ metric, truth }: SimulatedMetric): number | undefined {
  if (truth.days !== undefined || (metric.kind !== "mean" && metric.kind !== "ratio")) return undefined;
  if (truth.effect === undefined) return 0;
  return "add" in truth.effect ? truth.effect.add : undefined;
}

/** Whether the effect is worse than what the metric's margin or ratio tolerates. */
export function isHarm({ metric, truth }: SimulatedMetric): boolean {
  const { effect, mean } = truth;
  if (effect === undefined || metric.role === "signal") return false;
  const worse = metric.better === "lower" ? 1 : -1;
  if (metric.kind === "rare") return "times" in effect && effect.times > (metric.haltRatio ?? 1);
  return (
    worse * differenceOf(effect, metric.kind === "mean" || metric.kind === "ratio" || metric.kind === "quantile" ? mean : truth.rate) >
    metric.margin
  );
}

function differenceOf(effect: SimulatedEffect, base: number): number {
  return "add" in effect ? effect.add : base * (effect.times - 1);
}
