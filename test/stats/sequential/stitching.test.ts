/** Reference values: the unit tests of the package confseq, and its functions run at further points. */
import { describe, expect, it } from "vitest";

import { oneSidedNormalMixture, twoSidedNormalMixture } from "../../../src/stats/sequential/normal-mixture.js";
import { proportionSequence } from "../../../src/stats/sequential/proportion.js";
import { doubleStitchedBound, polyStitchedBound } from "../../../src/stats/sequential/stitching.js";
import { distributionBand } from "../../../src/stats/sequential/whole-distribution.js";

describe("stitched boundaries", () => {
  it("are confseq's for sub-gamma sums", () => {
    expect(polyStitchedBound(100, 0.05, { from: 10, c: 3 })).toBeCloseTo(64.48754666, 7);
    expect(polyStitchedBound(100, 0.05, { from: 10, c: -1 })).toBeCloseTo(28.99389297, 7);
    expect(polyStitchedBound(1e5, 1e-4, { from: 10, exponent: 2, base: 1.5 })).toBeCloseTo(1800.31548227, 6);
  });

  it("are confseq's for all quantiles together", () => {
    expect(doubleStitchedBound(0.5, 1000, 0.05, { from: 100 })).toBeCloseTo(68.62802892, 7);
    expect(doubleStitchedBound(0.95, 1000, 0.05, { from: 100 })).toBeCloseTo(30.81261413, 7);
    expect(doubleStitchedBound(0.1, 5000, 0.01, { from: 32 })).toBeCloseTo(135.63785231, 6);
  });
});

describe("the band around a distribution", () => {
  it("is confseq's", () => {
    expect(distributionBand(1000, 0.05, 100)).toBeCloseTo(0.08204769, 6);
    expect(distributionBand(100_000, 0.01, 32, 0.8)).toBeCloseTo(0.00919823, 6);
    expect(distributionBand(99, 0.05, 100)).toBe(Infinity);
  });
});

describe("the confidence sequence of a share", () => {
  it("is confseq's", () => {
    for (const [events, units, alpha, plannedUnits, low, high] of [
      [30, 100, 0.05, 100, 0.1736349084, 0.4476766978],
      [0, 50, 0.05, 100, 0, 0.0929808126],
      [950, 1000, 0.01, 500, 0.921800956, 0.9712484885],
      [3, 100_000, 0.05, 10_000, 3.542e-7, 0.0001216797],
    ] as const) {
      const bounds = proportionSequence(events, units, alpha, { plannedUnits });
      expect(bounds).toEqual([expect.closeTo(low, 9), expect.closeTo(high, 9)]);
    }
    expect(proportionSequence(0, 0, 0.05, { plannedUnits: 10 })).toEqual([0, 1]);
    expect(proportionSequence(20, 20, 0.05, { plannedUnits: 10 })[1]).toBe(1);
  });
});

describe("normal mixtures away from their tuning", () => {
  it("have confseq's bounds", () => {
    expect(oneSidedNormalMixture(200, 0.01).bound(500, 1e-3)).toBeCloseTo(90.31871294, 7);
    expect(twoSidedNormalMixture(200, 0.01).bound(500, 1e-3)).toBeCloseTo(94.36119223, 7);
  });
});
