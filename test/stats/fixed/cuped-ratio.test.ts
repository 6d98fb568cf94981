/** Reference values: gbstats, `test_two_sided_ttest_test_runs_ratio_ra` and `test_sequential_test_runs_ratio_ra`, inputs and results as printed. */
import { describe, expect, it } from "vitest";

import { cupedRatioArm, cupedRatioEffect, cupedRatioTheta, relativeCupedRatioEffect } from "../../../src/stats/fixed/cuped-ratio.js";
import { absoluteEffect, pTwoSided } from "../../../src/stats/fixed/effect.js";
import { ratioArm } from "../../../src/stats/fixed/ratio.js";
import { intervalOf } from "../../../src/stats/paired.js";
import { sequentialInterval, tunedPrecision } from "../../../src/stats/sequential/asymptotic.js";

const control = {
  n: 100,
  sums: [485.112236689623, 679.9093275844917, 192.59138069991536, 290.1398399750233],
  products: [
    [2715.484666118136, 3602.146836776702, 1113.6215759318352, 1559.2878434944676],
    [3602.146836776702, 4939.424001640236, 1460.3181079276983, 2130.9404074446747],
    [1113.6215759318352, 1460.3181079276983, 460.076026390857, 634.239482353647],
    [1559.2878434944676, 2130.9404074446747, 634.239482353647, 920.9461385038898],
  ],
} as const;

const treatment = {
  n: 100,
  sums: [514.7757826608777, 705.4090874383759, 206.94157227402536, 302.54389139107326],
  products: [
    [2994.897482705013, 3918.1561431600717, 1237.0953021125997, 1701.0287270040265],
    [3918.1561431600717, 5291.36604146392, 1604.0759503266522, 2292.081739775257],
    [1237.0953021125997, 1604.0759503266522, 514.2903702246757, 698.4173425817908],
    [1701.0287270040265, 2292.081739775257, 698.4173425817908, 994.4506208125663],
  ],
} as const;

describe("a ratio metric with the ratio from before taken out", () => {
  const effect = relativeCupedRatioEffect(treatment, control);

  it("is gbstats' with one look", () => {
    expect([effect.mean, effect.standardError]).toEqual([expect.closeTo(-0.0007, 5), expect.closeTo(0.00391, 5)]);
    expect(intervalOf(effect, 0.95)).toEqual([expect.closeTo(-0.00841, 5), expect.closeTo(0.007, 5)]);
    expect(pTwoSided(effect)).toBeCloseTo(0.85771, 5);
  });

  it("is gbstats' at any look", () => {
    const [low, high] = sequentialInterval(effect, 0.05, tunedPrecision(5000, 0.05));
    expect([low, high]).toEqual([expect.closeTo(-0.02063, 5), expect.closeTo(0.01923, 5)]);
  });

  it("leaves less variance than the plain ratio, and with θ = 0 is the plain ratio", () => {
    const { n, sums, products } = control;
    const plain = ratioArm({
      n,
      sum: sums[0],
      sumSquares: products[0][0],
      denominatorSum: sums[1],
      denominatorSquares: products[1][1],
      cross: products[0][1],
    });
    expect(cupedRatioArm(control, 0)).toEqual({ n, mean: plain.mean, variance: expect.closeTo(plain.variance, 12) });
    const theta = cupedRatioTheta(treatment, control);
    expect(cupedRatioArm(control, theta).variance).toBeLessThan(plain.variance);
    expect(cupedRatioEffect(treatment, control).standardError).toBeLessThan(
      absoluteEffect(cupedRatioArm(treatment, 0), cupedRatioArm(control, 0)).standardError,
    );
  });
});
