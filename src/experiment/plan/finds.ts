/** Owns the smallest harm that halts with the plan's power, before anything was measured. */
import type { Expectation } from "../../model/experiment-plan.js";
import type { Metric } from "../../model/experiment.js";
import { detectableRatio } from "../../stats/power/rare-events.js";
import { detectableHarm } from "../../stats/power/sequential.js";
import { PLANNED_UNITS } from "../decide/planned-units.js";
import { shareDeviation } from "./gate-units.js";

/** The test of two quantiles bets on each arm by itself, and needs about so many times the units of one on a mean (measured on lognormal values). */
const QUANTILE_COST = 4;

/** More units than these change nothing that a plan could tell. */
const MOST_UNITS = 5_000_000;

/**
 * With so many units per arm and this level: rare events as a ratio of rates, others as a difference (beyond 0: the margin is in
 * it). Undefined where too little is known, Infinity where nothing can be found.
 */
export function smallestHarm(metric: Metric, expected: Expectation, alpha: number, power: number, units: number): number | undefined {
  const n = Math.min(units, MOST_UNITS);
  if (metric.kind === "rare")
    return expected.rate === undefined ? undefined : detectableRatio(n, expected.rate, power, { alpha, nullRatio: metric.haltRatio ?? 1 });
  const deviation = metric.kind === "proportion" && expected.rate !== undefined ? shareDeviation(expected.rate) : expected.deviation;
  if (deviation === undefined) return undefined;
  const plannedUnits = 2 * (metric.plannedUnits ?? PLANNED_UNITS);
  const worth = metric.kind === "quantile" ? n / QUANTILE_COST : n;
  return metric.margin + detectableHarm(2 * worth, { deviation, alpha, power, plannedUnits });
}
