/** Owns CUPED for means: what units did before the experiment, taken out of what they do in it. */
import { type ArmEstimate, type ArmSums, addSums, armOf, covarianceOf } from "./arm.js";
import { type Effect, absoluteEffect, effectOf } from "./effect.js";

/** Sums of a metric and of the same units' covariate from before, with the sum of their products. */
export interface CupedSums extends ArmSums {
  readonly covariateSum: number;
  readonly covariateSquares: number;
  readonly covariateCross: number;
}

/** θ = cov(y, x) / var(x) over both arms pooled (Deng, Xu, Kohavi and Walker 2013, eq. 4); 0 where the covariate does not vary. */
export function cupedTheta(treatment: CupedSums, control: CupedSums): number {
  const { n, sum } = addSums([treatment, control]);
  const covariateSum = treatment.covariateSum + control.covariateSum;
  const squares = treatment.covariateSquares + control.covariateSquares;
  const variance = covarianceOf(n, covariateSum, covariateSum, squares);
  return variance > 0 ? covarianceOf(n, sum, covariateSum, treatment.covariateCross + control.covariateCross) / variance : 0;
}

/** An arm's mean less θ times its covariate's mean, with the variance of y − θx. */
export function cupedArm(sums: CupedSums, theta: number): ArmEstimate {
  const { n, covariateSum, covariateSquares, covariateCross } = sums;
  const plain = armOf(sums);
  const covariate = covarianceOf(n, covariateSum, covariateSum, covariateSquares);
  const variance = plain.variance + theta ** 2 * covariate - 2 * theta * covarianceOf(n, sums.sum, covariateSum, covariateCross);
  return { n, mean: plain.mean - (n === 0 ? 0 : (theta * covariateSum) / n), variance: Math.max(0, variance) };
}

/** The absolute effect with the covariate taken out. */
export function cupedEffect(treatment: CupedSums, control: CupedSums): Effect {
  const theta = cupedTheta(treatment, control);
  return absoluteEffect(cupedArm(treatment, theta), cupedArm(control, theta));
}

/**
 * The effect relative to the control's plain mean (gbstats: `frequentist_variance_relative_cuped`): the base is not adjusted, so the
 * control's value enters the error twice, and its covariance with the covariate once.
 */
export function relativeCupedEffect(treatment: CupedSums, control: CupedSums): Effect {
  const theta = cupedTheta(treatment, control);
  const [t, c] = [cupedArm(treatment, theta), cupedArm(control, theta)];
  const [base, top] = [armOf(control), armOf(treatment).mean];
  const covariate = covarianceOf(control.n, control.covariateSum, control.covariateSum, control.covariateSquares);
  const cross = covarianceOf(control.n, control.sum, control.covariateSum, control.covariateCross);
  const factor = -top / base.mean;
  const controlPart = base.variance * factor ** 2 + 2 * theta * cross * factor + theta ** 2 * covariate;
  const variance = (t.variance / t.n + controlPart / c.n) / base.mean ** 2;
  return effectOf(t, c, (t.mean - c.mean) / Math.abs(base.mean), variance);
}
