/** Owns the check that as many units fall silent after their exposure in one arm as in the other. */
import type { ArmExposure } from "../../model/arm-statistics.js";
import type { MissingTelemetry } from "../../model/decision.js";
import { missingTelemetry as compareMissing } from "../../stats/missing.js";
import type { Stratum } from "./strata.js";

/** Level of both tests. */
export const SILENCE_ALPHA = 0.001;

/**
 * What is measured is only what was sent: a flavor that dies before it can tell looks healthy. Two exact one-sided tests on the counts
 * of silent units, valid at every look; at the gate also the test of two proportions.
 */
export function missingTelemetry(strata: readonly Stratum<ArmExposure>[], atGate: boolean): MissingTelemetry {
  const [treatment, control] = [sum(strata, "treatment"), sum(strata, "control")];
  if (treatment.due === 0 || control.due === 0) return { verdict: "no data", treatment: null, control: null, p: 1 };
  const { p, logE } = compareMissing(treatment, control);
  const differs = logE >= -Math.log(SILENCE_ALPHA) || (atGate && p < SILENCE_ALPHA);
  return { verdict: differs ? "differs" : "alike", treatment: treatment.silent / treatment.due, control: control.silent / control.due, p };
}

interface Silence {
  readonly silent: number;
  readonly due: number;
}

function sum(strata: readonly Stratum<ArmExposure>[], arm: "treatment" | "control"): Silence {
  return strata.reduce<Silence>(
    (all, stratum) => ({ silent: all.silent + stratum[arm].silent, due: all.due + (stratum[arm].due ?? stratum[arm].units) }),
    { silent: 0, due: 0 },
  );
}
