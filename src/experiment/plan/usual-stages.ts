/** Owns the stages of an experiment whose template names none: the default ramp, as far as the fleet carries it. */
import { DEFAULT_STAGES, type Stage } from "../../model/experiment.js";
import type { Supply } from "./stage-days.js";

/** A first stage that takes longer than this for its exposures tells less than it costs in days. */
const MOST_DAYS = 14;

/** A stage never brings all of its part of the fleet: some units are away. */
const PART_OF_SUPPLY = 0.8;

/** Without the first stages that bring too few units in two weeks; never without those of 50 and 100 %. */
export function usualStages({ unitsPerDay, fleet = Infinity }: Supply): Stage[] {
  const kept = DEFAULT_STAGES.filter(({ percent, minExposures }) => {
    return percent >= 50 || (Math.min(unitsPerDay * MOST_DAYS, fleet) * percent) / 100 >= minExposures;
  });
  return kept.map((stage) => {
    const most = Math.floor((PART_OF_SUPPLY * fleet * stage.percent) / 100);
    return Object.assign({}, stage, { minExposures: Math.min(stage.minExposures, most) });
  });
}
