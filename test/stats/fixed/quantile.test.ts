/** Reference values: R's qbinom; gbstats' rule for clusters. */
import { describe, expect, it } from "vitest";

import { errorRanks, quantileArm, quantileArmOf, quantileDesignEffect, quantileRanksOnce } from "../../../src/stats/fixed/quantile.js";
import { standardNormals } from "../normals.js";

describe("a quantile at one look", () => {
  it("has R's exact ranks", () => {
    expect(quantileRanksOnce(100, 0.95, 0.95)).toEqual({ low: 90, high: 100 });
    expect(quantileRanksOnce(1000, 0.5, 0.95)).toEqual({ low: 469, high: 532 });
    expect(quantileRanksOnce(20, 0.95, 0.95).high).toBe(21);
  });

  it("has the error that theory gives for a normal p95", () => {
    const normal = standardNormals(4);
    const values = Float64Array.from({ length: 40_000 }, normal).toSorted();
    const { n, mean, variance } = quantileArmOf(values, 0.95);
    expect(mean).toBeCloseTo(1.645, 1);
    const density = Math.exp(-0.5 * 1.645 ** 2) / Math.sqrt(2 * Math.PI);
    expect(Math.sqrt(variance / n) / (Math.sqrt((0.95 * 0.05) / n) / density)).toBeCloseTo(1, 0);
    expect(errorRanks(n, 0.95)).toEqual({ low: 37914, high: 38087 });
  });

  it("varies more where values come in clusters", () => {
    expect(quantileArm({ n: 100, estimate: 5, lower: 4, upper: 6, designEffect: 2 }).variance).toBeCloseTo(
      2 * quantileArm({ n: 100, estimate: 5, lower: 4, upper: 6 }).variance,
      12,
    );
    // 50 clusters of two equal values each: the share below the median varies twice as much.
    const clusters = { n: 50, sum: 50, sumSquares: 100, denominatorSum: 100, denominatorSquares: 200, cross: 100 };
    expect(quantileDesignEffect(clusters, 0.5)).toBeCloseTo((2 * 50) / 49, 12);
  });
});
