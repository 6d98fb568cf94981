import { describe, expect, it } from "vitest";

import { detectable, estimatePaired, intervalOf, pAbove, pBelow, type PairedEstimate } from "../../src/stats/paired.js";
import { standardNormals } from "./normals.js";

/** Student's sleep data: extra hours under two drugs, ten people (Biometrika 1908; R's `sleep`). */
const SLEEP = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4];

describe("the paired estimate", () => {
  it("gives what R's paired t.test gives on Student's sleep data", () => {
    const estimate = of(SLEEP);
    expect(estimate.mean).toBeCloseTo(1.58, 10);
    expect(intervalOf(estimate, 0.95)[0]).toBeCloseTo(0.7001142, 6);
    expect(intervalOf(estimate, 0.95)[1]).toBeCloseTo(2.4598858, 6);
    expect(2 * pAbove(estimate, 0)).toBeCloseTo(0.00283289, 7);
    expect(pAbove(estimate, 0) + pBelow(estimate, 0)).toBeCloseTo(1, 12);
  });

  it("wants two differences", () => {
    expect(estimatePaired([])).toBeUndefined();
    expect(estimatePaired([3])).toBeUndefined();
  });

  it("decides by the sign alone where nothing scatters, and shows nothing on the bound", () => {
    const estimate = of([2, 2, 2]);
    expect([pAbove(estimate, 1), pAbove(estimate, 2), pAbove(estimate, 3)]).toEqual([0, 1, 1]);
    expect([pBelow(estimate, 1), pBelow(estimate, 2), pBelow(estimate, 3)]).toEqual([1, 1, 0]);
    expect(intervalOf(estimate, 0.95)).toEqual([2, 2]);
  });

  it("rejects a true null at the rate it states, and finds its detectable change at the power it states", () => {
    const noise = standardNormals(20);
    const n = 8;
    let falseAlarms = 0;
    let found = 0;
    const rounds = 4000;
    const typical: PairedEstimate = { n, mean: 0, standardError: 1 / Math.sqrt(n), df: n - 1 };
    const shift = detectable(typical, 0.05, 0.8);
    for (let round = 0; round < rounds; round++) {
      const sample = Array.from({ length: n }, noise);
      if (pAbove(of(sample), 0) <= 0.05) falseAlarms += 1;
      if (pAbove(of(sample.map((each) => each + shift)), 0) <= 0.05) found += 1;
    }
    expect(falseAlarms / rounds).toBeGreaterThan(0.04);
    expect(falseAlarms / rounds).toBeLessThan(0.06);
    expect(found / rounds).toBeGreaterThan(0.77);
    expect(found / rounds).toBeLessThan(0.87);
  });
});

function of(differences: readonly number[]): PairedEstimate {
  const estimate = estimatePaired(differences);
  if (estimate === undefined) throw new Error("two differences are wanted");
  return estimate;
}
