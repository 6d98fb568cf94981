/** Reference values: the tests of GrowthBook's gbstats (test_tests.py), as printed there. */
import { describe, expect, it } from "vitest";

import { type ArmSums, armOf, proportionArm } from "../../../src/stats/fixed/arm.js";
import { relativeCupedEffect } from "../../../src/stats/fixed/cuped.js";
import { absoluteEffect, relativeEffect } from "../../../src/stats/fixed/effect.js";
import {
  closedOneSidedPValue,
  closedOneSidedReach,
  oneSidedLogE,
  oneSidedReach,
  sequentialInterval,
  sequentialPValue,
  tunedPrecision,
} from "../../../src/stats/sequential/asymptotic.js";

const control: ArmSums = { n: 3000, sum: 1396.87, sumSquares: 52377.9767 };
const treatment: ArmSums = { n: 3461, sum: 2422.7, sumSquares: 134698.29 };
const relative = relativeEffect(armOf(treatment), armOf(control));
const absolute = absoluteEffect(armOf(treatment), armOf(control));

describe("the asymptotic confidence sequence", () => {
  it("is gbstats' for means, tuned to 1,000 units", () => {
    const [low, high] = sequentialInterval(relative, 0.05, tunedPrecision(1000, 0.05));
    expect([relative.mean, low, high]).toEqual([expect.closeTo(0.50336, 5), expect.closeTo(-0.55844, 5), expect.closeTo(1.56516, 5)]);
    expect(sequentialPValue(relative, tunedPrecision(1000, 0.05))).toBe(1);
  });

  it("is gbstats' for proportions, tuned to 5,000 units", () => {
    const effect = relativeEffect(proportionArm(2422, 3461), proportionArm(1396, 3000));
    const precision = tunedPrecision(5000, 0.05);
    const [low, high] = sequentialInterval(effect, 0.05, precision);
    expect([effect.mean, low, high]).toEqual([expect.closeTo(0.50386, 5), expect.closeTo(0.40098, 5), expect.closeTo(0.60675, 5)]);
    expect(sequentialPValue(effect, precision)).toBeLessThan(1e-5);
  });

  it("is gbstats' with a covariate from before the experiment", () => {
    const effect = relativeCupedEffect(
      { ...treatment, covariateSum: 22.7, covariateSquares: 1348.29, covariateCross: 1 },
      { ...control, covariateSum: 16.87, covariateSquares: 527.9767, covariateCross: 1 },
    );
    const [low, high] = sequentialInterval(effect, 0.05, tunedPrecision(5000, 0.05));
    expect([effect.mean, low, high]).toEqual([expect.closeTo(0.50338, 5), expect.closeTo(-0.50969, 5), expect.closeTo(1.51646, 5)]);
  });

  it("has gbstats' one-sided bounds and p-values in closed form", () => {
    const precision = tunedPrecision(5000, 0.05, 1);
    expect(relative.mean - closedOneSidedReach(relative, 0.05, precision)).toBeCloseTo(-0.42356454602790883, 9);
    expect(relative.mean + closedOneSidedReach(relative, 0.05, precision)).toBeCloseTo(1.4302867177403806, 9);
    expect(absolute.mean - closedOneSidedReach(absolute, 0.05, precision)).toBeCloseTo(-0.12656844172804982, 9);
    expect(absolute.mean + closedOneSidedReach(absolute, 0.05, precision)).toBeCloseTo(0.5953217750613832, 9);
    // gbstats prints 0.463165: its search for the p-value stops there, where its bound still lies 1.6e-5 beside 0.
    const p = closedOneSidedPValue(absolute, precision);
    expect(p).toBeCloseTo(0.463165, 3);
    expect(closedOneSidedReach(absolute, p, precision)).toBeCloseTo(absolute.mean, 12);
  });
});

describe("the one-sided e-value", () => {
  const precision = tunedPrecision(5000, 0.05, 1);

  it("reaches 1/alpha exactly where its bound passes the null, and its bound is no wider than the closed form", () => {
    const reach = oneSidedReach(absolute, 0.05, precision);
    expect(reach).toBeLessThanOrEqual(closedOneSidedReach(absolute, 0.05, precision));
    expect(oneSidedLogE(absolute, precision, absolute.mean - reach)).toBeCloseTo(Math.log(20), 9);
    expect(oneSidedLogE(absolute, precision, absolute.mean + reach, "below")).toBeCloseTo(Math.log(20), 9);
  });

  it("shows nothing where nothing scatters or the effect lies on the harmless side", () => {
    expect(oneSidedLogE({ mean: 1, standardError: 0, n: 4 }, precision)).toBeLessThanOrEqual(0);
    expect(oneSidedLogE({ mean: -50, standardError: 1, n: 4000 }, precision)).toBeLessThan(0);
  });
});
