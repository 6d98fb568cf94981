/** Owns what is said of rare events from their counts: units with an event, over all phases. */
import type { Metric } from "../../model/experiment.js";
import { eventsOf } from "./arm-value.js";
import { harmSign } from "./effect.js";
import type { MetricStrata } from "./strata.js";

export interface RareCounts {
  /** Units with an event in the arm whose excess is harm, and in the other. */
  readonly harmed: number;
  readonly other: number;
  readonly harmedUnits: number;
  readonly otherUnits: number;
}

/**
 * Sums over phases. Each phase has arms of equal size by its ranges, so that under "no difference" every unit with an event falls on
 * either arm with chance 1/2, whatever the phase: sums are as exact as the phases by themselves.
 */
export function rareCounts(metric: Metric, strata: MetricStrata): RareCounts {
  let [treatment, control, treatmentUnits, controlUnits] = [0, 0, 0, 0];
  for (const stratum of strata) {
    treatment += eventsOf(stratum.treatment);
    control += eventsOf(stratum.control);
    treatmentUnits += stratum.treatment.units;
    controlUnits += stratum.control.units;
  }
  return harmSign(metric) === 1
    ? { harmed: treatment, other: control, harmedUnits: treatmentUnits, otherUnits: controlUnits }
    : { harmed: control, other: treatment, harmedUnits: controlUnits, otherUnits: treatmentUnits };
}

/**
 * Standard error of the difference of the rates if it were exactly `margin`: Poisson rates fitted under that restriction (Farrington and
 * Manning 1990 for proportions). Greater than 0 without any event, so that "none in few units" is not taken for proof.
 */
export function restrictedError({ harmed, other, harmedUnits, otherUnits }: RareCounts, margin: number): number {
  const n = harmedUnits + otherUnits;
  const half = (n * margin - harmed - other) / 2;
  const rate = (-half + Math.sqrt(half * half + n * other * margin)) / n;
  return Math.sqrt((rate + margin) / harmedUnits + rate / otherUnits);
}
