/** Owns the halt layer: per metric the evidence of harm beyond what is tolerated, valid at every look together. */
import type { Metric } from "../../model/experiment.js";
import { oneSidedLogE, oneSidedReach, tunedPrecision } from "../../stats/sequential/asymptotic.js";
import { rareEventTest } from "../../stats/sequential/rare-events.js";
import { type Effect, effectOf, harmSign } from "./effect.js";
import { PLANNED_UNITS } from "./planned-units.js";
import { quantileHarm } from "./quantile.js";
import { rareCounts } from "./rare.js";
import type { MetricStrata } from "./strata.js";

/** Units of both arms before a metric's mean is trusted to be nearly normal; below this nothing is proven either way. */
export const BURN_IN = 200;

/** A test made ready: its tuning depends on metric and level only, and must not change between looks. */
export interface HarmTest {
  readonly metric: Metric;
  readonly alpha: number;
  /** −ln alpha: what `logE` must reach. */
  readonly threshold: number;
  /** ln e-value of "harm above what is tolerated"; −Infinity or 0 without evidence. */
  readonly logE: (strata: MetricStrata, effect?: Effect) => number;
  /** Half the width of the always-valid interval at `alpha` on each side. */
  readonly reach: (effect: Effect) => number;
}

/** The test of a metric at its share of an error budget. */
export function harmTest(metric: Metric, alpha: number): HarmTest {
  const precision = tunedPrecision(2 * (metric.plannedUnits ?? PLANNED_UNITS), alpha, 1);
  const base = {
    metric,
    alpha,
    threshold: -Math.log(alpha),
    reach: (effect: Effect) =>
      effect.n < BURN_IN
        ? Infinity
        : oneSidedReach({ mean: effect.estimate, standardError: effect.standardError, n: effect.n }, alpha, precision),
  };
  if (metric.kind === "rare") return { ...base, logE: rareLogE(metric) };
  if (metric.kind === "quantile") return { ...base, logE: (strata) => quantileHarm(metric, strata, alpha) };
  return { ...base, logE: (strata, effect) => meanLogE(metric, effect ?? effectOf(metric, strata), precision) };
}

/** Exact, from the counts alone. */
function rareLogE(metric: Metric): HarmTest["logE"] {
  const test = rareEventTest({ nullRatio: metric.haltRatio ?? 1 });
  return (strata) => {
    const { harmed, other } = rareCounts(metric, strata);
    return test(harmed, other);
  };
}

function meanLogE(metric: Metric, effect: Effect | undefined, precision: number): number {
  if (effect === undefined || effect.n < BURN_IN || effect.standardError === 0) return 0;
  const mean = effect.estimate * harmSign(metric);
  return oneSidedLogE({ mean, standardError: effect.standardError, n: effect.n }, precision, metric.margin);
}
