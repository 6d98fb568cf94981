/** Owns the effect: treatment less control, absolute or relative, with its error. */
import type { PairedEstimate } from "../paired.js";
import { upperTail } from "../student-t.js";
import type { ArmEstimate } from "./arm.js";

/**
 * The estimated effect in `mean`, its standard error, Satterthwaite's degrees of freedom, and the units of both arms in `n`. The
 * functions of `paired.ts` take it: `intervalOf`, `pAbove`, `pBelow`.
 */
export type Effect = PairedEstimate;

/** Treatment less control (Welch 1947). */
export function absoluteEffect(treatment: ArmEstimate, control: ArmEstimate): Effect {
  return effectOf(treatment, control, treatment.mean - control.mean, partOf(treatment) + partOf(control));
}

/**
 * (Treatment − control) / |control| with its error by the delta method (Deng, Knoblich and Lu 2018, section 3; gbstats'
 * `variance_of_ratios`). Not for rare events, and not where the control's mean may be near 0: the mean is then NaN or the error huge.
 */
export function relativeEffect(treatment: ArmEstimate, control: ArmEstimate): Effect {
  const base = control.mean;
  const variance = partOf(treatment) / base ** 2 + (partOf(control) * treatment.mean ** 2) / base ** 4;
  return effectOf(treatment, control, (treatment.mean - base) / Math.abs(base), variance);
}

/** P-value of "there is no effect" (or: the effect is `at`) against either side. */
export function pTwoSided(effect: Effect, at = 0): number {
  const distance = Math.abs(effect.mean - at);
  if (effect.standardError === 0) return distance === 0 ? 1 : 0;
  return 2 * upperTail(distance / effect.standardError, effect.df);
}

/** An effect of known variance between two arms, with Welch's degrees of freedom. */
export function effectOf(treatment: ArmEstimate, control: ArmEstimate, mean: number, variance: number): Effect {
  return { n: treatment.n + control.n, mean, standardError: Math.sqrt(variance), df: welchDf(treatment, control) };
}

/** Satterthwaite's degrees of freedom (Welch 1947). */
function welchDf(treatment: ArmEstimate, control: ArmEstimate): number {
  const [a, b] = [partOf(treatment), partOf(control)];
  const below = a ** 2 / (treatment.n - 1) + b ** 2 / (control.n - 1);
  return a + b === 0 ? Math.max(1, treatment.n + control.n - 2) : Math.max(1, (a + b) ** 2 / below);
}

function partOf({ variance, n }: ArmEstimate): number {
  return variance === 0 ? 0 : variance / n;
}
