/** Owns the check of the arms' sizes against those they were drawn with, phase by phase. */
import type { ArmExposure } from "../../model/arm-statistics.js";
import type { SampleRatio } from "../../model/decision.js";
import { srmChiSquare, srmLogE } from "../../stats/sequential/srm.js";
import type { Stratum } from "./strata.js";

/** Level of both tests, per phase. */
export const SAMPLE_RATIO_ALPHA = 0.001;

/** Arms of equal size. */
const DRAWN = [1, 1] as const;

/**
 * The sequential test is valid at every look. The chi-square test beside it finds more at one look and errs at many, so it counts only
 * where the gate is looked at.
 */
export function sampleRatio(strata: readonly Stratum<ArmExposure>[], atGate: boolean): SampleRatio {
  const phases = strata.map(({ phase, treatment, control }) => {
    const counts = [treatment.units, control.units] as const;
    const eValue = Math.min(1e308, Math.exp(srmLogE(counts, DRAWN)));
    return { phase, treatment: counts[0], control: counts[1], expected: 0.5, p: srmChiSquare(counts, DRAWN), eValue };
  });
  const mismatch = phases.some(({ p, eValue }) => eValue >= 1 / SAMPLE_RATIO_ALPHA || (atGate && p < SAMPLE_RATIO_ALPHA));
  return { verdict: phases.length === 0 ? "no data" : mismatch ? "mismatch" : "as drawn", phases };
}
