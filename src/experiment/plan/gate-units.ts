/** Owns how many units per arm a metric's gate needs, before anything was measured. */
import type { Expectation } from "../../model/experiment-plan.js";
import type { Metric } from "../../model/experiment.js";
import { normalUpperQuantile } from "../../stats/distributions/normal.js";
import { unitsForNoWorseMean } from "../../stats/power/means.js";
import { PLANNED_ALPHA } from "../decide/gate.js";

/**
 * Units per arm to show "no worse than by the margin" with this power when there is no difference; undefined where the expectation lacks
 * what the kind needs, Infinity for a margin of 0. The planned looks at a gate cost next to nothing (O'Brien and Fleming's spending).
 */
export function gateUnits(metric: Metric, expected: Expectation, power: number, factor = 1): number | undefined {
  const margin = metric.margin * factor;
  if (margin === 0) return Infinity;
  if (metric.kind === "rare" || metric.kind === "proportion") {
    if (expected.rate === undefined) return undefined;
    return metric.kind === "rare" ? rareUnits(expected.rate, margin, power) : meanUnits(shareDeviation(expected.rate), margin, power);
  }
  return expected.deviation === undefined ? undefined : meanUnits(expected.deviation, margin, power);
}

function meanUnits(deviation: number, margin: number, power: number): number {
  return Math.ceil(unitsForNoWorseMean(deviation, margin, { alpha: PLANNED_ALPHA, power }));
}

/** The gate's error is that under the margin, where the treatment's rate is higher: twice the rate and the margin. */
function rareUnits(rate: number, margin: number, power: number): number {
  const reach = normalUpperQuantile(PLANNED_ALPHA) * Math.sqrt(2 * rate + margin);
  const miss = normalUpperQuantile(1 - power) * Math.sqrt(2 * rate);
  return Math.ceil(((reach + miss) / margin) ** 2);
}

export function shareDeviation(rate: number): number {
  return Math.sqrt(rate * (1 - rate));
}
