/** Holds the effect over phases to what pooling gets wrong. */
import { describe, expect, it } from "vitest";

import { armOf, proportionArm } from "../../../src/stats/fixed/arm.js";
import { cupedArm, cupedEffect, cupedTheta } from "../../../src/stats/fixed/cuped.js";
import { absoluteEffect } from "../../../src/stats/fixed/effect.js";
import { heterogeneity, stratifiedEffect } from "../../../src/stats/fixed/stratified.js";
import { capsOf, winsorize } from "../../../src/stats/fixed/winsorize.js";
import { standardNormals } from "../normals.js";

describe("the effect over phases", () => {
  const friday = { treatment: proportionArm(20_000, 1_000_000), control: proportionArm(198_000, 9_900_000) };
  const saturday = { treatment: proportionArm(60_000, 5_000_000), control: proportionArm(60_000, 5_000_000) };

  it("does not see a change in shares as an effect (Kohavi's example of Simpson's paradox)", () => {
    const pooled = absoluteEffect(proportionArm(80_000, 6_000_000), proportionArm(258_000, 14_900_000));
    expect(pooled.mean / pooled.standardError).toBeLessThan(-50);
    expect(stratifiedEffect([friday, saturday]).mean).toBeCloseTo(0, 12);
    expect(stratifiedEffect([friday, saturday], "inverse-variance").mean).toBeCloseTo(0, 12);
  });

  it("with one phase is Welch's, and with equal phases has their mean", () => {
    const phase = { treatment: armOf({ n: 50, sum: 60, sumSquares: 200 }), control: armOf({ n: 50, sum: 40, sumSquares: 180 }) };
    const one = absoluteEffect(phase.treatment, phase.control);
    expect(stratifiedEffect([phase])).toEqual(one);
    const two = stratifiedEffect([phase, phase]);
    expect([two.mean, two.n, two.df]).toEqual([expect.closeTo(one.mean, 12), 200, expect.closeTo(2 * one.df, 9)]);
    expect(two.standardError).toBeCloseTo(one.standardError / Math.SQRT2, 12);
  });

  it("leaves out a phase with nobody in an arm", () => {
    const empty = { treatment: proportionArm(0, 0), control: proportionArm(3, 10) };
    expect(stratifiedEffect([empty, saturday])).toEqual(stratifiedEffect([saturday]));
    expect(stratifiedEffect([empty])).toEqual({ n: 0, mean: 0, standardError: Infinity, df: 1 });
  });

  it("weighs by exposure where a phase does not scatter", () => {
    const still = { treatment: proportionArm(0, 100), control: proportionArm(0, 100) };
    expect(stratifiedEffect([still, saturday], "inverse-variance")).toEqual(stratifiedEffect([still, saturday]));
  });

  it("tells when phases do not agree", () => {
    expect(heterogeneity([friday, saturday]).p).toBeCloseTo(1, 6);
    expect(heterogeneity([saturday, { ...saturday, treatment: proportionArm(65_000, 5_000_000) }]).p).toBeLessThan(1e-10);
  });
});

describe("CUPED", () => {
  it("takes out what the covariate explains, and leaves the effect unbiased", () => {
    const normal = standardNormals(11);
    function arm(n: number, shift: number) {
      const sums = { n, sum: 0, sumSquares: 0, covariateSum: 0, covariateSquares: 0, covariateCross: 0 };
      for (let unit = 0; unit < n; unit++) {
        const before = normal();
        const value = 2 * before + normal() + shift;
        sums.sum += value;
        sums.sumSquares += value ** 2;
        sums.covariateSum += before;
        sums.covariateSquares += before ** 2;
        sums.covariateCross += before * value;
      }
      return sums;
    }
    const [treatment, control] = [arm(4000, 0.1), arm(4000, 0)];
    expect(cupedTheta(treatment, control)).toBeCloseTo(2, 1);
    const [plain, adjusted] = [absoluteEffect(armOf(treatment), armOf(control)), cupedEffect(treatment, control)];
    expect(adjusted.standardError / plain.standardError).toBeCloseTo(1 / Math.sqrt(5), 1);
    expect(Math.abs(adjusted.mean - 0.1) / adjusted.standardError).toBeLessThan(3);
  });

  it("does nothing where the covariate does not vary", () => {
    const sums = { n: 3, sum: 6, sumSquares: 14, covariateSum: 3, covariateSquares: 3, covariateCross: 6 };
    expect(cupedTheta(sums, sums)).toBe(0);
    expect(cupedArm(sums, 0)).toEqual(armOf(sums));
  });
});

describe("winsorising", () => {
  it("caps at quantiles of all values together, if asked of those that are not 0", () => {
    const values = [0, 0, 0, 0, 0, 0, 1, 2, 3, 400];
    expect(capsOf(values, { high: 0.9 })).toEqual({ high: 3 });
    expect(capsOf(values, { high: 0.5 }, true)).toEqual({ high: 2 });
    expect([-5, 1, 400].map((value) => winsorize(value, { low: 0, high: 3 }))).toEqual([0, 1, 3]);
    expect(winsorize(400, capsOf(values, {}))).toBe(400);
  });
});
