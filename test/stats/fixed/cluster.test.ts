/** Reference values: R's sandwich (vcovCL of lm on an indicator, type HC0 without adjustment, and HC1). */
import { describe, expect, it } from "vitest";

import { type ClusterSums, clusterEffect } from "../../../src/stats/fixed/cluster.js";
import { ratioArm } from "../../../src/stats/fixed/ratio.js";

/** Units and sums of twelve clusters: treatment, control. */
const APART: readonly (readonly [number, number, number, number])[] = [
  [0, 0, 3, -2.081],
  [5, 4.882, 0, 0],
  [0, 0, 2, -1.922],
  [4, -1.054, 0, 0],
  [0, 0, 6, -8.357],
  [3, 4.303, 0, 0],
  [0, 0, 3, 5.622],
  [4, 3.758, 0, 0],
  [0, 0, 5, 11.447],
  [2, -0.441, 0, 0],
  [0, 0, 4, -2.804],
  [3, -0.556, 0, 0],
];

function clustersOf(rows: typeof APART): ClusterSums[] {
  return rows.map(([treatmentUnits, treatmentSum, controlUnits, controlSum]) => ({
    treatmentUnits,
    treatmentSum,
    controlUnits,
    controlSum,
  }));
}

describe("an effect over clusters", () => {
  it("has R's error where each cluster lies in one arm", () => {
    const clusters = clustersOf(APART);
    expect(clusterEffect(clusters, "CR0").mean).toBeCloseTo(0.435840579710145, 12);
    expect(clusterEffect(clusters, "CR0").standardError).toBeCloseTo(0.736638344972349, 12);
    expect(clusterEffect(clusters).standardError).toBeCloseTo(0.778499225619894, 12);
    expect(clusterEffect(clusters).df).toBe(11);
  });

  it("has R's error where a cluster lies in both arms", () => {
    const clusters = clustersOf(APART.map((row, index) => (index === 2 ? [1, -0.749, 1, -1.173] : row)));
    expect(clusterEffect(clusters, "CR0").mean).toBeCloseTo(0.340409090909091, 12);
    expect(clusterEffect(clusters, "CR0").standardError).toBeCloseTo(0.756978780619674, 12);
    expect(clusterEffect(clusters, "CR1").standardError).toBeCloseTo(0.799995545365248, 12);
  });

  it("is what decisions have by a ratio over whole clusters, but for the small-sample factor of each arm", () => {
    const arms = ([0, 2] as const).map((at) => {
      const rows = APART.filter((row) => row[at] > 0).map((row) => ({ units: row[at], sum: row[at + 1] as number }));
      const total = (of: (row: (typeof rows)[number]) => number) => rows.reduce((sum, row) => sum + of(row), 0);
      const { mean, variance } = ratioArm({
        n: rows.length,
        sum: total(({ sum }) => sum),
        sumSquares: total(({ sum }) => sum * sum),
        denominatorSum: total(({ units }) => units),
        denominatorSquares: total(({ units }) => units * units),
        cross: total(({ units, sum }) => units * sum),
      });
      return { mean, squaredError: ((variance / rows.length) * (rows.length - 1)) / rows.length };
    });
    const { mean, standardError } = clusterEffect(clustersOf(APART), "CR0");
    expect((arms[0]?.mean ?? 0) - (arms[1]?.mean ?? 0)).toBeCloseTo(mean, 12);
    expect(Math.sqrt((arms[0]?.squaredError ?? 0) + (arms[1]?.squaredError ?? 0))).toBeCloseTo(standardError, 12);
  });
});
