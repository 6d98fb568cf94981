/** Reference values: the unit tests of the package confseq (Howard, Waudby-Smith, Ramdas), which took them from R. */
import { describe, expect, it } from "vitest";

import { betaBinomialMixture } from "../../../src/stats/sequential/beta-binomial-mixture.js";
import { gammaExponentialMixture, gammaPoissonMixture } from "../../../src/stats/sequential/gamma-mixture.js";
import { bestPrecision, oneSidedNormalMixture, twoSidedNormalMixture } from "../../../src/stats/sequential/normal-mixture.js";

describe("mixture boundaries", () => {
  it("are confseq's for the two-sided normal mixture", () => {
    expect(bestPrecision(100, 0.05)).toBeCloseTo(12.60056, 5);
    const mixture = twoSidedNormalMixture(100, 0.05);
    expect(mixture.logE(10, 100)).toBeCloseTo(-0.6510052, 6);
    expect(mixture.bound(100, 0.05)).toBeCloseTo(30.35209, 5);
  });

  it("are confseq's for the one-sided normal mixture", () => {
    const mixture = oneSidedNormalMixture(100, 0.05);
    expect(mixture.logE(10, 100)).toBeCloseTo(-0.06502391, 6);
    expect(mixture.bound(100, 0.05)).toBeCloseTo(27.66071, 5);
  });

  it("are confseq's for the gamma-exponential and the gamma-Poisson mixture", () => {
    const exponential = gammaExponentialMixture(100, 0.05, 2);
    expect(exponential.logE(10, 100)).toBeCloseTo(-0.2490165, 6);
    expect(exponential.bound(100, 0.05)).toBeCloseTo(33.02017, 5);
    const poisson = gammaPoissonMixture(100, 0.05, 2);
    expect(poisson.logE(10, 100)).toBeCloseTo(-0.06991219, 6);
    expect(poisson.bound(100, 0.05)).toBeCloseTo(30.1949, 4);
  });

  it("are confseq's for the beta-binomial mixture, one-sided and two-sided", () => {
    const one = betaBinomialMixture(100, 0.05, { g: 0.2, h: 0.8, sides: 1 });
    expect(one.logE(10, 100)).toBeCloseTo(-0.07134019, 6);
    expect(one.bound(100, 0.05)).toBeCloseTo(28.41238, 5);
    const two = betaBinomialMixture(100, 0.05, { g: 0.2, h: 0.8, sides: 2 });
    expect(two.logE(10, 100)).toBeCloseTo(-0.6941012, 6);
    expect(two.bound(100, 0.05)).toBeCloseTo(31.4308, 4);
  });

  it("have bounds at which the e-value is 1/alpha, at any time and error", () => {
    const all = [
      oneSidedNormalMixture(50, 0.01),
      twoSidedNormalMixture(50, 0.01),
      gammaExponentialMixture(50, 0.01, 0.5),
      gammaPoissonMixture(50, 0.01, 0.5),
      betaBinomialMixture(50, 0.01, { g: 0.5, h: 0.5, sides: 1 }),
    ];
    for (const mixture of all) {
      for (const [v, alpha] of [
        [40, 0.2],
        [200, 1e-3],
        [5000, 1e-6],
      ] as const) {
        expect(mixture.logE(mixture.bound(v, alpha), v)).toBeCloseTo(-Math.log(alpha), 6);
      }
    }
  });

  it("say that a sum which cannot reach the bound is refuted by nothing", () => {
    expect(betaBinomialMixture(100, 0.05, { g: 0.5, h: 0.5, sides: 2 }).bound(1, 1e-9)).toBe(2);
  });
});
