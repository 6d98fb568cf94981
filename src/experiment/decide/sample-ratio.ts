/** Owns the check of the arms' sizes against those they were drawn with, phase by phase. */
import type { ArmExposure } from "../../model/arm-statistics.js";
import type { SampleRatio } from "../../model/decision.js";
import { chiSquareUpper } from "../../stats/distributions/gamma.js";
import { shareLogE } from "./share-evidence.js";
import type { Stratum } from "./strata.js";

/** Level of both tests, per phase. */
export const SAMPLE_RATIO_ALPHA = 0.001;

/** How sharply the sequential test looks around the drawn share; sums of the Dirichlet prior's parameters. */
const CONCENTRATION = 400;

/**
 * Sequential: the Dirichlet-multinomial e-process (Lindon and Malek 2022, arXiv 2011.03567), valid at every look. The chi-square test
 * beside it is more powerful at one look and wrong at many, so it counts only where the gate is looked at.
 */
export function sampleRatio(strata: readonly Stratum<ArmExposure>[], atGate: boolean): SampleRatio {
  const phases = strata.map(({ phase, treatment, control }) => {
    const expected = 0.5;
    const [a, b] = [treatment.units, control.units];
    return {
      phase,
      treatment: a,
      control: b,
      expected,
      p: chiSquareP(a, b),
      eValue: Math.min(1e308, Math.exp(shareLogE(a, b, expected, CONCENTRATION))),
    };
  });
  const mismatch = phases.some(({ p, eValue }) => eValue >= 1 / SAMPLE_RATIO_ALPHA || (atGate && p < SAMPLE_RATIO_ALPHA));
  return { verdict: phases.length === 0 ? "no data" : mismatch ? "mismatch" : "as drawn", phases };
}

function chiSquareP(a: number, b: number): number {
  return a + b === 0 ? 1 : chiSquareUpper((a - b) ** 2 / (a + b), 1);
}
