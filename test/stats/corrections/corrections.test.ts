/** Reference values: GrowthBook's tests of Holm and Benjamini-Hochberg, equal to R's p.adjust. */
import { describe, expect, it } from "vitest";

import { benjaminiHochberg } from "../../../src/stats/corrections/benjamini-hochberg.js";
import { eBenjaminiHochberg, eHolm, meanLogE } from "../../../src/stats/corrections/e-values.js";
import { holm } from "../../../src/stats/holm.js";

function logs(values: readonly number[]): number[] {
  return values.map(Math.log);
}

describe("corrections for many tests", () => {
  it("are R's for Holm and for Benjamini and Hochberg", () => {
    expect(holm([0.01, 0.04, 0.03, 0.005, 0.55, 0.6]).map((p) => Number(p.toFixed(10)))).toEqual([0.05, 0.12, 0.12, 0.03, 1, 1]);
    const adjusted = benjaminiHochberg([0.898, 0.138, 0.007, 0.964, 0.538, 0.006, 0.138]);
    expect(adjusted.map((p) => Number(p.toFixed(10)))).toEqual([0.964, 0.2415, 0.0245, 0.964, 0.7532, 0.0245, 0.2415]);
    expect(benjaminiHochberg([])).toEqual([]);
  });

  it("find by e-BH all tests up to the last that reaches its rank's bound", () => {
    // m = 4, alpha = 0.1: bounds 40, 20, 13.3, 10.
    expect(eBenjaminiHochberg(logs([1, 30, 25, 14]), 0.1)).toEqual([false, true, true, true]);
    expect(eBenjaminiHochberg(logs([1, 30, 15, 2]), 0.1)).toEqual([false, false, false, false]);
  });

  it("find by weighted Holm with what those found leave to the others", () => {
    const adjusted = eHolm(logs([100, 30, 1]), [0.5, 0.25, 0.25]).map(Math.exp);
    expect(adjusted).toEqual([expect.closeTo(50, 9), expect.closeTo(15, 9), expect.closeTo(1, 9)]);
    const plain = eHolm(logs([100, 50]), [1, 1]).map(Math.exp);
    expect(plain).toEqual([expect.closeTo(50, 9), expect.closeTo(50, 9)]);
  });

  it("average e-values without overflow", () => {
    expect(meanLogE([2000, 2000])).toBeCloseTo(2000, 9);
    expect(meanLogE(logs([1, 3]))).toBeCloseTo(Math.log(2), 12);
    expect(meanLogE([-Infinity, -Infinity])).toBe(-Infinity);
  });
});
