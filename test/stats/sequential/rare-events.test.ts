/** Holds the exact test of rare events to what it promises: its error, its speed in devices, and its independence of the baseline. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { rareEventLogE, rareEventTest } from "../../../src/stats/sequential/rare-events.js";
import { rareRatioInterval, rareRatioLower } from "../../../src/stats/sequential/rare-ratio.js";

/** Sum over all ways in which n events fall on the arms, at the null's chance: the e-value's exact expectation. */
function expectation(test: (treatment: number, control: number) => number, n: number, chance: number): number {
  let sum = 0;
  let logBinomial = 0;
  for (let k = 0; k <= n; k++) {
    sum += Math.exp(logBinomial + k * Math.log(chance) + (n - k) * Math.log1p(-chance) + test(k, n - k));
    logBinomial += Math.log((n - k) / (k + 1));
  }
  return sum;
}

describe("the exact test of rare events", () => {
  it("has an expected e-value of exactly 1 on the null's edge, and at most 1 inside", () => {
    for (const design of [{}, { nullRatio: 1.25 }, { exposureRatio: 3, nullRatio: 1.5 }, { designRatio: 4, designMass: 0.5 }]) {
      const test = rareEventTest(design);
      const odds = (design.nullRatio ?? 1) * (design.exposureRatio ?? 1);
      for (const n of [1, 7, 60]) {
        expect(expectation(test, n, odds / (1 + odds))).toBeCloseTo(1, 9);
        expect(expectation(test, n, (0.8 * odds) / (1 + 0.8 * odds))).toBeLessThan(1);
      }
    }
  });

  it("is exact from a baseline of zero: nine crashes to none prove harm at 5 %, seven do not", () => {
    const test = rareEventTest();
    expect(test(0, 0)).toBeCloseTo(0, 12);
    expect(test(7, 0)).toBeLessThan(Math.log(20));
    expect(test(9, 0)).toBeGreaterThan(Math.log(20));
    expect(test(0, 50)).toBeLessThan(Math.log(1e-2));
  });

  it("sees the harm that a normal interval on the relative scale does not (9 of 4,072 against 29 of 2,035)", () => {
    const test = rareEventTest({ exposureRatio: 2035 / 4072 });
    expect(Math.exp(-test(29, 9))).toBeLessThan(1e-4);
    expect(rareRatioLower(29, 9, 0.05, 2035 / 4072)).toBeGreaterThan(2);
  });

  it("says the same of phases with different exposure as of one phase, where they are equal", () => {
    const design = { nullRatio: 1.1 };
    const phases = [
      { treatment: 12, control: 9, exposureRatio: 1 },
      { treatment: 30, control: 14, exposureRatio: 1 },
    ];
    expect(rareEventLogE(phases, design)).toBeCloseTo(rareEventTest(design)(42, 23), 9);
    expect(rareEventLogE([{ treatment: 10, control: 40, exposureRatio: 0.25 }])).toBeLessThan(0.5);
  });

  it("grows with each event of treatment and falls with each of control", () => {
    const test = rareEventTest({ nullRatio: 1.2 });
    fc.assert(
      fc.property(fc.nat(3000), fc.nat(3000), (treatment, control) => {
        const here = test(treatment, control);
        expect(test(treatment + 1, control)).toBeGreaterThan(here);
        expect(test(treatment, control + 1)).toBeLessThan(here);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it("stays a number for counts of millions", () => {
    expect(rareEventTest()(3e6, 1e6)).toBeGreaterThan(1e5);
    expect(rareEventTest()(1e6, 3e6)).toBeLessThan(-1000);
  });
});

describe("the ratio's confidence sequence", () => {
  it("ends where the test of that ratio reaches its error", () => {
    const low = rareRatioLower(60, 20, 0.025);
    expect(rareEventTest({ nullRatio: low, designRatio: 2 * low })(60, 20)).toBeCloseTo(Math.log(40), 6);
  });

  it("turns round with the arms, and holds the estimate", () => {
    const [low, high] = rareRatioInterval(60, 20, 0.05);
    const [back, forth] = rareRatioInterval(20, 60, 0.05);
    expect([low, high]).toEqual([expect.closeTo(1 / forth, 9), expect.closeTo(1 / back, 9)]);
    expect(low < 3 && 3 < high).toBe(true);
  });

  it("knows nothing without events, and no upper bound without any in control", () => {
    expect(rareRatioInterval(0, 0, 0.05)).toEqual([0, Infinity]);
    const [low, high] = rareRatioInterval(12, 0, 0.05);
    expect(low).toBeGreaterThan(1);
    expect(high).toBe(Infinity);
  });
});
