/** Owns CUPED for ratio metrics: the ratio from before the experiment, taken out of the ratio in it. */
import { type ArmEstimate, covarianceOf } from "./arm.js";
import { type Effect, absoluteEffect, effectOf } from "./effect.js";

/** The four values of a unit, in this order: numerator and denominator in the experiment, numerator and denominator before it. */
type Four = readonly [number, number, number, number];

/** Sums of the four values, and the symmetric table of the sums of their products. */
export interface CupedRatioSums {
  readonly n: number;
  readonly sums: Four;
  readonly products: readonly [Four, Four, Four, Four];
}

/** θ that leaves the least variance (gbstats: `compute_theta_regression_adjusted_ratio`): both arms' linearised covariances over their variances. */
export function cupedRatioTheta(treatment: CupedRatioSums, control: CupedRatioSums): number {
  let [covariance, variance] = [0, 0];
  for (const arm of [treatment, control]) {
    const [now, before] = [gradient(arm, 0, 1), gradient(arm, 2, 1)];
    covariance += form(arm, before, now);
    variance += form(arm, before, before);
  }
  return variance > 0 ? covariance / variance : 0;
}

/** The ratio in the experiment less θ times the ratio before. */
export function cupedRatioArm(arm: CupedRatioSums, theta: number): ArmEstimate {
  const slope = adjusted(arm, theta);
  return { n: arm.n, mean: ratioAt(arm, 0) - theta * ratioAt(arm, 2), variance: Math.max(0, form(arm, slope, slope)) };
}

/** The absolute effect with the ratio from before taken out. */
export function cupedRatioEffect(treatment: CupedRatioSums, control: CupedRatioSums): Effect {
  const theta = cupedRatioTheta(treatment, control);
  return absoluteEffect(cupedRatioArm(treatment, theta), cupedRatioArm(control, theta));
}

/** The effect relative to the control's plain ratio, by the delta method over all eight sums (gbstats: `frequentist_variance_relative_cuped_ratio`). */
export function relativeCupedRatioEffect(treatment: CupedRatioSums, control: CupedRatioSums): Effect {
  const theta = cupedRatioTheta(treatment, control);
  const [t, c] = [cupedRatioArm(treatment, theta), cupedRatioArm(control, theta)];
  const base = ratioAt(control, 0);
  const lift = (t.mean - c.mean) / base;
  const [up, down, upBefore, downBefore] = adjusted(control, theta);
  const slope: Four = [-up * (1 + lift), -down * (1 + lift), -upBefore, -downBefore];
  const variance = (t.variance / t.n + form(control, slope, slope) / c.n) / base ** 2;
  return effectOf(t, c, (t.mean - c.mean) / Math.abs(base), variance);
}

function adjusted(arm: CupedRatioSums, theta: number): Four {
  const [now, before] = [gradient(arm, 0, 1), gradient(arm, 2, -theta)];
  return [now[0], now[1], before[2], before[3]];
}

function ratioAt({ sums }: CupedRatioSums, at: 0 | 2): number {
  return sums[at] / (sums[at + 1] as number);
}

/** The slope of `factor` times one of the two ratios along the four means. */
function gradient(arm: CupedRatioSums, at: 0 | 2, factor: number): Four {
  const scale = factor / ((arm.sums[at + 1] as number) / arm.n);
  const pair = [scale, -scale * ratioAt(arm, at)] as const;
  return at === 0 ? [...pair, 0, 0] : [0, 0, ...pair];
}

/** a′ Λ b with Λ the covariances of the four values. */
function form({ n, sums, products }: CupedRatioSums, a: Four, b: Four): number {
  let sum = 0;
  for (const [i, row] of products.entries()) {
    for (const [j, product] of row.entries()) {
      sum += (a[i] as number) * (b[j] as number) * covarianceOf(n, sums[i] as number, sums[j] as number, product);
    }
  }
  return sum;
}
