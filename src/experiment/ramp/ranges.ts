/** Owns which buckets belong to which arm at which stage. */
import type { Experiment } from "../../model/experiment.js";
import { type ArmRange, BUCKETS } from "../../model/seed.js";

/**
 * Up to 50 % the treatment takes the buckets from 0 on and a control of the same size those from the middle on, so that both are
 * compared over the same days, and a unit keeps its arm when the stage rises. At 100 % no control is left.
 */
export function armsAt({ from, to }: Pick<Experiment, "from" | "to">, percent: number): ArmRange[] {
  if (percent >= 100) return [{ arm: "treatment", flavor: to.flavor, from: 0, to: BUCKETS }];
  const size = Math.round((percent / 100) * BUCKETS);
  return [
    { arm: "treatment", flavor: to.flavor, from: 0, to: size },
    { arm: "control", flavor: from.flavor, from: BUCKETS / 2, to: BUCKETS / 2 + size },
  ];
}
