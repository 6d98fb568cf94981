/** Owns missing telemetry: exposed units of which nothing more was heard, and whether one arm loses more of them. */
import { proportionArm } from "./fixed/arm.js";
import { absoluteEffect, pTwoSided } from "./fixed/effect.js";
import { meanLogE } from "./corrections/e-values.js";
import { rareEventTest } from "./sequential/rare-events.js";

/** Units exposed in an arm, and those of them that also sent what was awaited (an end, a metric). */
export interface Heard {
  readonly exposed: number;
  readonly heard: number;
}

export interface MissingTelemetry {
  /** Shares of exposed units that are missing. */
  readonly treatment: number;
  readonly control: number;
  /** P-value of equal shares at one look. */
  readonly p: number;
  /** ln e-value against equal shares, valid at every look. */
  readonly logE: number;
}

/**
 * Compares the missing of both arms. A flavor that crashes at its start loses its own telemetry: where the shares differ, what the rest reports
 * says nothing. At every look: the exact test of `rareEventTest` on the missing units, half on either side; `exposureRatio` is the
 * assignment's (1 for arms of equal size), not the seen one.
 */
export function missingTelemetry(treatment: Heard, control: Heard, exposureRatio = 1): MissingTelemetry {
  const [lostT, lostC] = [missingOf(treatment), missingOf(control)];
  const effect = absoluteEffect(proportionArm(lostT, treatment.exposed), proportionArm(lostC, control.exposed));
  return {
    treatment: treatment.exposed === 0 ? 0 : lostT / treatment.exposed,
    control: control.exposed === 0 ? 0 : lostC / control.exposed,
    p: treatment.exposed === 0 || control.exposed === 0 ? 1 : pTwoSided(effect),
    logE: meanLogE([rareEventTest({ exposureRatio })(lostT, lostC), rareEventTest({ exposureRatio: 1 / exposureRatio })(lostC, lostT)]),
  };
}

function missingOf({ exposed, heard }: Heard): number {
  return Math.max(0, exposed - heard);
}
