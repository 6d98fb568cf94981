/** Holds the anytime-valid bounds of quantiles to their promise, by exact counts and by seeded runs. */
import { describe, expect, it } from "vitest";

import { type Bin, binsOf } from "../../../src/stats/sequential/distribution.js";
import { quantileDifferenceInterval, quantileHarmLogE } from "../../../src/stats/sequential/quantile-difference.js";
import { quantileEqualityLogE } from "../../../src/stats/sequential/quantile-equality.js";
import { quantileEvidence, quantileInterval, quantileOf, quantileRanks } from "../../../src/stats/sequential/quantile-ranks.js";
import { seededRandom } from "../../../src/support/random.js";
import { standardNormals } from "../normals.js";

const tuning = { plannedUnits: 1000, alpha: 0.05 };

function grown(count: number, next: () => number): Float64Array {
  return Float64Array.from({ length: count }, next).toSorted();
}

function binned(values: Float64Array, width: number): Bin[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(Math.ceil(value / width), (counts.get(Math.ceil(value / width)) ?? 0) + 1);
  return [...counts].map(([bin, units]) => [(bin - 1) * width, bin * width, units] as const);
}

function hedged(logE: number): number {
  return Math.log(0.1 + 0.9 * Math.exp(logE));
}

/** The least product by trying every value, as the definition says. */
function byTrying(treatment: Float64Array, control: Float64Array, q: number, margin: number): number {
  const { above, below } = quantileEvidence(q, tuning);
  const sums = Array.from(treatment, (value) => {
    const atMost = treatment.filter((each) => each <= value).length;
    const less = control.filter((each) => each < value - margin).length;
    return hedged(above(atMost, treatment.length)) + hedged(below(less, control.length));
  });
  return Math.min(...sums);
}

describe("bounds of one arm's quantile", () => {
  it("lie between the exact ranks of one look and a few times as far out", () => {
    const { low, high } = quantileRanks(1000, 0.95, 0.05, tuning);
    expect(low).toBeGreaterThan(915);
    expect(low).toBeLessThan(936);
    expect(high).toBeGreaterThan(963);
    expect(high).toBeLessThan(976);
  });

  it("are infinite while there are too few values", () => {
    expect(quantileRanks(10, 0.95, 0.05, tuning)).toEqual({ low: 2, high: 11 });
    expect(quantileInterval(binsOf([1, 2, 3]), 0.95, 0.05, tuning)).toEqual([-Infinity, Infinity]);
    expect(quantileRanks(0, 0.5, 0.05, tuning)).toEqual({ low: 0, high: 1 });
  });

  it("hold the quantile at all looks together at least as often as they say, with ties as well", () => {
    const random = seededRandom(5);
    let missed = 0;
    for (let run = 0; run < 400; run++) {
      const values: number[] = [];
      let out = false;
      for (let look = 0; look < 25 && !out; look++) {
        for (let unit = 0; unit < 40; unit++) values.push(Math.floor(random() * 20));
        values.sort((a, b) => a - b);
        const [low, high] = quantileInterval(binsOf(values), 0.9, 0.05, tuning);
        out = low > 17 || high < 17;
      }
      if (out) missed++;
    }
    expect(missed).toBeLessThan(20);
  });

  it("gives the quantile as the smallest value with that share at or below it", () => {
    expect([0.5, 0.95, 1, 0].map((q) => quantileOf(binsOf([1, 2, 3, 4]), q))).toEqual([2, 4, 4, 1]);
  });
});

describe("the evidence of one arm", () => {
  it("has an expected value of 1 on the null's edge, and less inside", () => {
    for (const q of [0.5, 0.95]) {
      const { above, below } = quantileEvidence(q, tuning);
      const n = 80;
      let [sumAbove, sumBelow, inside, log] = [0, 0, 0, 0];
      for (let count = 0; count <= n; count++) {
        const chance = Math.exp(log + count * Math.log(q) + (n - count) * Math.log1p(-q));
        const within = Math.exp(log + count * Math.log(q + 0.03) + (n - count) * Math.log(0.97 - q));
        sumAbove += chance * Math.exp(above(count, n));
        sumBelow += chance * Math.exp(below(count, n));
        inside += within * Math.exp(above(count, n));
        log += Math.log((n - count) / (count + 1));
      }
      expect([sumAbove, sumBelow]).toEqual([expect.closeTo(1, 8), expect.closeTo(1, 8)]);
      expect(inside).toBeLessThan(1);
    }
  });
});

describe("the comparison of a quantile between arms", () => {
  it("finds the least product without trying every value", () => {
    const normal = standardNormals(21);
    for (const [shift, margin, size] of [
      [0.5, 0, 400],
      [0, 0, 300],
      [1, 0.5, 500],
      [-1, 0.1, 200],
    ] as const) {
      const treatment = grown(size, () => Math.round((normal() + shift) * 20) / 20);
      const control = grown(size, () => Math.round(normal() * 20) / 20);
      const [fast, slow] = [
        quantileHarmLogE(binsOf(treatment), binsOf(control), 0.9, margin, tuning),
        byTrying(treatment, control, 0.9, margin),
      ];
      expect(fast).toBeLessThanOrEqual(slow + 1e-9);
      if (slow > 0) expect(fast).toBeGreaterThan(slow - 0.011);
      else expect(fast).toBeCloseTo(Math.log(1 / 100), 12);
    }
  });

  it("proves a harm beyond the margin, and not one within it", () => {
    const normal = standardNormals(22);
    const [treatment, control] = [grown(4000, () => normal() + 0.5), grown(4000, normal)];
    expect(quantileHarmLogE(binsOf(treatment), binsOf(control), 0.95, 0, tuning)).toBeGreaterThan(Math.log(5400));
    expect(quantileHarmLogE(binsOf(treatment), binsOf(control), 0.95, 0.5, tuning)).toBeLessThan(Math.log(20));
    expect(quantileHarmLogE(binsOf(control), binsOf(treatment), 0.95, 0, tuning)).toBeLessThan(0.7);
    expect(quantileHarmLogE([], binsOf(control), 0.95, 0, tuning)).toBe(0);
  });

  it("bounds the difference on both sides, and turns round with the arms", () => {
    const normal = standardNormals(23);
    const [treatment, control] = [grown(3000, () => normal() + 0.5), grown(3000, normal)];
    const [low, high] = quantileDifferenceInterval(binsOf(treatment), binsOf(control), 0.9, 0.05, tuning);
    expect(low > 0 && low < 0.5 && high > 0.5 && high < 1).toBe(true);
    const [back, forth] = quantileDifferenceInterval(binsOf(control), binsOf(treatment), 0.9, 0.05, tuning);
    expect([-forth, -back]).toEqual([low, high]);
    expect(quantileDifferenceInterval(binsOf([1, 2]), binsOf([1, 2]), 0.9, 0.05, tuning)).toEqual([-Infinity, Infinity]);
  });

  it("reads bins to treatment's advantage, and is nearly as sharp with fine ones", () => {
    const normal = standardNormals(24);
    const [treatment, control] = [grown(3000, () => normal() + 0.4), grown(3000, normal)];
    const exact = quantileHarmLogE(binsOf(treatment), binsOf(control), 0.9, 0, tuning);
    const fine = quantileHarmLogE(binned(treatment, 0.01), binned(control, 0.01), 0.9, 0, tuning);
    const coarse = quantileHarmLogE(binned(treatment, 0.1), binned(control, 0.1), 0.9, 0, tuning);
    expect(coarse).toBeLessThan(fine);
    expect(fine).toBeLessThan(exact + 0.01);
    expect(fine).toBeGreaterThan(exact * 0.8);
    const [low, high] = quantileInterval(binned(control, 0.1), 0.9, 0.05, tuning);
    const [closerLow, closerHigh] = quantileInterval(binsOf(control), 0.9, 0.05, tuning);
    expect(low <= closerLow && closerHigh <= high && high - low < closerHigh - closerLow + 0.2).toBe(true);
  });
});

describe("the test that a quantile is the same in both arms", () => {
  it("sees a shift on either side, and none where there is none", () => {
    const normal = standardNormals(25);
    const [one, other, same] = [grown(2000, normal), grown(2000, () => normal() + 0.4), grown(2000, normal)].map(binsOf) as [
      Bin[],
      Bin[],
      Bin[],
    ];
    expect(quantileEqualityLogE(one, other, 0.5, tuning)).toBeGreaterThan(Math.log(1e6));
    expect(quantileEqualityLogE(other, one, 0.5, tuning)).toBeCloseTo(quantileEqualityLogE(one, other, 0.5, tuning), 1);
    expect(quantileEqualityLogE(one, same, 0.5, tuning)).toBeLessThan(0);
    expect(quantileEqualityLogE(one, [], 0.5, tuning)).toBe(0);
  });

  it("has the p-values of the package confseq (quantile_ab_p_value, run on these values)", () => {
    const one = Array.from({ length: 1000 }, (_, i) => ((i * 7919) % 1009) / 1009).toSorted((a, b) => a - b);
    const other = Array.from({ length: 800 }, (_, i) => (((i * 6007) % 1013) / 1013) * 1.2 + 0.05).toSorted((a, b) => a - b);
    for (const [q, p] of [
      [0.5, 9.92466975e-6],
      [0.9, 7.5788184e-34],
      [0.95, 1.584220929e-16],
    ] as const) {
      for (const logE of [
        quantileEqualityLogE(binsOf(one), binsOf(other), q, tuning),
        quantileEqualityLogE(binsOf(other), binsOf(one), q, tuning),
      ]) {
        expect(logE).toBeLessThanOrEqual(-Math.log(p) + 1e-6);
        expect(logE).toBeGreaterThan(-Math.log(p) - 0.011);
      }
    }
  });
});
