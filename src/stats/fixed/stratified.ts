/** Owns effects over the phases of a ramp: each phase is compared within itself, and only the differences are put together. */
import { chiSquareUpper } from "../distributions/gamma.js";
import type { ArmEstimate } from "./arm.js";
import { type Effect, absoluteEffect } from "./effect.js";

/** One phase: both arms of the same days and the same share. */
export interface Phase {
  readonly treatment: ArmEstimate;
  readonly control: ArmEstimate;
}

/**
 * How phases are weighed. "exposure" weighs each by n₁n₀/(n₁+n₀), which does not look at the outcome and so does not bias (for arms
 * of equal size: by its units); "inverse-variance" has the smallest error when the effect is the same in all phases, but leans towards
 * phases that happened to scatter little, which for skewed metrics are those with low values.
 */
export type Weighing = "exposure" | "inverse-variance";

/**
 * The effect over phases (stratified estimator: Cochran 1977, section 5; Miratrix, Sekhon and Yu 2013). Pooling unequal phases instead
 * compares one day's users with another's (Simpson's paradox). Phases with fewer than two units in an arm are left out; where a phase does not
 * scatter at all, all are weighed by exposure.
 */
export function stratifiedEffect(phases: readonly Phase[], weighing: Weighing = "exposure"): Effect {
  const effects = phases
    .filter(({ treatment, control }) => treatment.n > 1 && control.n > 1)
    .map(({ treatment, control }) => ({
      effect: absoluteEffect(treatment, control),
      size: (treatment.n * control.n) / (treatment.n + control.n),
    }));
  if (effects.length === 1 && effects[0] !== undefined) return effects[0].effect;
  if (effects.length === 0) return { n: 0, mean: 0, standardError: Infinity, df: 1 };
  const byVariance = weighing === "inverse-variance" && effects.every(({ effect }) => effect.standardError > 0);
  const weights = effects.map(({ effect, size }) => (byVariance ? 1 / effect.standardError ** 2 : size));
  const total = weights.reduce((sum, each) => sum + each, 0);
  let [n, mean, variance, below] = [0, 0, 0, 0];
  for (const [index, { effect }] of effects.entries()) {
    const share = (weights[index] ?? 0) / total;
    const part = share ** 2 * effect.standardError ** 2;
    n += effect.n;
    mean += share * effect.mean;
    variance += part;
    below += part ** 2 / effect.df;
  }
  return { n, mean, standardError: Math.sqrt(variance), df: below > 0 ? variance ** 2 / below : 1 };
}

/** Cochran's Q: whether the phases' effects differ by more than their errors; compare with chi-square of `df` degrees of freedom. */
export function heterogeneity(phases: readonly Phase[]): { readonly q: number; readonly df: number; readonly p: number } {
  const effects = phases.map(({ treatment, control }) => absoluteEffect(treatment, control)).filter((effect) => effect.standardError > 0);
  const weights = effects.map((effect) => effect.standardError ** -2);
  const total = weights.reduce((sum, each) => sum + each, 0);
  const middle = effects.reduce((sum, effect, index) => sum + (weights[index] ?? 0) * effect.mean, 0) / total;
  const q = effects.reduce((sum, effect, index) => sum + (weights[index] ?? 0) * (effect.mean - middle) ** 2, 0);
  const df = Math.max(0, effects.length - 1);
  return { q, df, p: df === 0 ? 1 : chiSquareUpper(q, df) };
}
