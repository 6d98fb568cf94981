/** Owns how many units a metric is planned for. */
import type { Metric, Stage } from "../../model/experiment.js";

/** Units per arm that sequences are tuned to where the metric has no `plannedUnits`; the width differs little around it. */
export const PLANNED_UNITS = 5000;

/** Units per arm that the gate behind a stage is planned for; a wider margin needs fewer, by its square. */
export function plannedUnits(metric: Metric, { marginFactor, minExposures }: Stage): number {
  return Math.max(minExposures, Math.ceil((metric.plannedUnits ?? PLANNED_UNITS) / marginFactor ** 2));
}
