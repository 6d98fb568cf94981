/** Owns the values of simulated units: lognormal, with a treatment's effect and the day's drift, added to an arm's sums. */
import type { ArmStatistics } from "../../model/arm-statistics.js";
import type { SimulatedEffect, SimulatedMetric, SimulatedTruth } from "../../model/simulation.js";
import { type UnitDraws, type UnitKind, drawSums } from "./blocks.js";

/** An arm's sums while they grow. */
export type GrowingStatistics = { -readonly [key in keyof ArmStatistics]: ArmStatistics[key] };

/** How the day moves the values of both arms: a factor on them, with mean 1. */
export function dayFactor(normal: () => number, { spread }: SimulatedTruth, drift: number): number {
  return Math.exp(drift * spread * normal() - (drift * spread) ** 2 / 2);
}

/** What a unit's value of mean 1 becomes: times · value + add. */
export interface Line {
  readonly times: number;
  readonly add: number;
}

/** `scale` of the effect is the units'; `day` is the day's factor. */
export function lineOf({ mean, effect }: SimulatedTruth, day: number, scale: number): Line {
  const times = effect !== undefined && "times" in effect ? effect.times ** scale : 1;
  return { times: mean * times * day, add: effect !== undefined && "add" in effect ? effect.add * scale : 0 };
}

/** Adds `units` new units with a value each. */
export function addUnits(row: GrowingStatistics, { metric, truth }: SimulatedMetric, units: number, line: Line, draws: UnitDraws): void {
  const kind = kindOf(metric);
  const [v = 0, vv = 0, x = 0, xx = 0, vx = 0] = drawSums(kind, truth.spread, units, draws);
  const { times, add } = line;
  const [ones, ofV] = kind === "sessions" ? [x, vx] : [units, v];
  const onesSquared = kind === "sessions" ? xx : units;
  row.units += units;
  row.sum += times * v + add * ones;
  row.sumSquares += times * times * vv + 2 * times * add * ofV + add * add * onesSquared;
  if (kind === "sessions") {
    row.denominatorSum = (row.denominatorSum ?? 0) + x;
    row.denominatorSquares = (row.denominatorSquares ?? 0) + xx;
    row.cross = (row.cross ?? 0) + times * vx + add * xx;
  }
  if (kind === "before") {
    row.covariateSum = (row.covariateSum ?? 0) + truth.mean * x;
    row.covariateSquares = (row.covariateSquares ?? 0) + truth.mean ** 2 * xx;
    row.covariateCross = (row.covariateCross ?? 0) + truth.mean * (times * vx + add * x);
  }
}

function kindOf({ kind, cuped }: SimulatedMetric["metric"]): UnitKind {
  if (kind === "ratio") return "sessions";
  return cuped === true ? "before" : "value";
}

/** Events of `units` new units over their life. */
export function addCounts(row: GrowingStatistics, units: number, mean: number, draws: UnitDraws): void {
  const [v = 0, vv = 0, x = 0] = drawSums("events", mean, units, draws);
  row.units += units;
  row.sum += v;
  row.sumSquares += vv;
  row.events = (row.events ?? 0) + x;
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
  if (metric.kind === "rare") return "times" in effect && effect.times > (metric.haltRatio ?? 1);
  const base = metric.kind === "proportion" || metric.kind === "count" ? truth.rate : mean;
  return (metric.better === "lower" ? 1 : -1) * differenceOf(effect, base) > metric.margin;
}

function differenceOf(effect: SimulatedEffect, base: number): number {
  return "add" in effect ? effect.add : base * (effect.times - 1);
}
