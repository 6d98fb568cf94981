/** Owns the value of a metric in both arms of one phase. */
import type { ArmStatistics } from "../../model/arm-statistics.js";
import type { Metric } from "../../model/experiment.js";
import { type ArmEstimate, armOf } from "../../stats/fixed/arm.js";
import { type CupedSums, cupedArm, cupedTheta } from "../../stats/fixed/cuped.js";
import type { Stratum } from "./strata.js";

/** Of a metric that is a mean of some kind; undefined with fewer than two units in an arm, or (ratio) nothing to divide by. */
export function armEstimates(
  metric: Metric,
  { treatment, control }: Stratum<ArmStatistics>,
): readonly [treatment: ArmEstimate, control: ArmEstimate] | undefined {
  if (treatment.units < 2 || control.units < 2) return undefined;
  if (metric.kind === "rare") return [rareArm(treatment), rareArm(control)];
  const [a, b] = [sumsOf(metric, treatment), sumsOf(metric, control)];
  if (a === undefined || b === undefined) return undefined;
  if (metric.cuped !== true || a.covariateSquares + b.covariateSquares === 0) return [armOf(a), armOf(b)];
  const theta = cupedTheta(a, b);
  const shift = (theta * (a.covariateSum + b.covariateSum)) / (a.n + b.n);
  return [moved(cupedArm(a, theta), shift), moved(cupedArm(b, theta), shift)];
}

/** Units with an event. */
export function eventsOf(row: ArmStatistics): number {
  return row.events ?? row.sum;
}

/** Share of units with an event; rare ones are as good as Poisson. */
function rareArm(row: ArmStatistics): ArmEstimate {
  const mean = eventsOf(row) / row.units;
  return { n: row.units, mean, variance: mean };
}

function sumsOf(metric: Metric, row: ArmStatistics): CupedSums | undefined {
  if (metric.kind === "ratio") return linearSums(row);
  const { units: n, sum, sumSquares, covariateSum = 0, covariateSquares = 0, covariateCross = 0 } = row;
  return { n, sum, sumSquares, covariateSum, covariateSquares, covariateCross };
}

/**
 * A ratio as a mean: each unit's value is R + (y − R·d) / d̄ in its place, which has the ratio as mean and the delta method's
 * variance (Deng, Knoblich and Lu 2018, eq. 4); so that a covariate can be taken out like that of any mean.
 */
function linearSums(row: ArmStatistics): CupedSums | undefined {
  const { units: n, sum, denominatorSum = 0, denominatorSquares = 0, cross = 0, covariateSum = 0, covariateSquares = 0 } = row;
  if (denominatorSum === 0) return undefined;
  const ratio = sum / denominatorSum;
  const perUnit = denominatorSum / n;
  const residuals = row.sumSquares - 2 * ratio * cross + ratio * ratio * denominatorSquares;
  const products = (row.covariateCross ?? 0) - ratio * (row.covariateDenominatorCross ?? 0);
  return {
    n,
    sum: n * ratio,
    sumSquares: n * ratio * ratio + residuals / (perUnit * perUnit),
    covariateSum,
    covariateSquares,
    covariateCross: ratio * covariateSum + products / perUnit,
  };
}

/** Values near those that were measured, for people: the same for both arms, so that their difference stays. */
function moved(arm: ArmEstimate, shift: number): ArmEstimate {
  return { ...arm, mean: arm.mean + shift };
}
