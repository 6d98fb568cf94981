/** Reference values: the tests of GrowthBook's gbstats (test_tests.py), as printed there. */
import { describe, expect, it } from "vitest";

import { addSums, armOf, proportionArm } from "../../../src/stats/fixed/arm.js";
import { absoluteEffect, pTwoSided, relativeEffect } from "../../../src/stats/fixed/effect.js";
import { intervalOf, pAbove, pBelow } from "../../../src/stats/paired.js";

const control = armOf({ n: 3407, sum: 1396.87, sumSquares: 52377.9767 });
const treatment = armOf({ n: 3461, sum: 2422.7, sumSquares: 134698.29 });

describe("Welch's comparison of two arms", () => {
  it("is gbstats' on the relative scale", () => {
    const effect = relativeEffect(treatment, control);
    expect([effect.mean, effect.standardError]).toEqual([expect.closeTo(0.70732, 5), expect.closeTo(0.37879, 5)]);
    expect(intervalOf(effect, 0.95)).toEqual([expect.closeTo(-0.03526, 5), expect.closeTo(1.44989, 5)]);
    expect(pTwoSided(effect)).toBeCloseTo(0.06191, 5);
  });

  it("is gbstats' on the absolute scale", () => {
    const effect = absoluteEffect(treatment, control);
    expect([effect.mean, effect.standardError]).toEqual([expect.closeTo(0.29, 10), expect.closeTo(0.12478, 5)]);
    expect(intervalOf(effect, 0.95)).toEqual([expect.closeTo(0.04538, 5), expect.closeTo(0.53462, 5)]);
    expect(pTwoSided(effect)).toBeCloseTo(0.02016, 5);
  });

  it("is gbstats' for proportions", () => {
    const effect = relativeEffect(proportionArm(16, 30), proportionArm(14, 28));
    expect(effect.mean).toBeCloseTo(0.06667, 5);
    expect(intervalOf(effect, 0.95)).toEqual([expect.closeTo(-0.47767, 5), expect.closeTo(0.61101, 5)]);
    expect(pTwoSided(effect)).toBeCloseTo(0.80707, 5);
  });

  it("is gbstats' one-sided, too", () => {
    const smaller = armOf({ n: 3000, sum: 1396.87, sumSquares: 52377.9767 });
    const [lift, plain] = [relativeEffect(treatment, smaller), absoluteEffect(treatment, smaller)];
    expect([pAbove(lift, 0), pBelow(lift, 0)]).toEqual([expect.closeTo(0.06558262868467746, 7), expect.closeTo(0.9344173713153225, 7)]);
    expect(intervalOf(lift, 0.9)).toEqual([expect.closeTo(-0.045136675850396, 7), expect.closeTo(1.0518588475628676, 7)]);
    expect([pAbove(plain, 0), pBelow(plain, 0)]).toEqual([expect.closeTo(0.03554272489873023, 7), expect.closeTo(0.9644572751012698, 7)]);
    expect(intervalOf(plain, 0.9)).toEqual([expect.closeTo(0.020791480063255735, 7), expect.closeTo(0.44796185327007765, 7)]);
  });

  it("reads a negative base as a distance, so that more stays more", () => {
    expect(relativeEffect(armOf({ n: 3, sum: -15, sumSquares: 80 }), armOf({ n: 3, sum: -30, sumSquares: 310 })).mean).toBeCloseTo(0.5, 12);
  });

  it("does not claim anything of arms without scatter", () => {
    const still = absoluteEffect({ n: 5, mean: 1, variance: 0 }, { n: 5, mean: 1, variance: 0 });
    expect([still.standardError, pTwoSided(still)]).toEqual([0, 1]);
  });

  it("adds days up to what one pass over all gives", () => {
    const days = [
      { n: 2, sum: 3, sumSquares: 5 },
      { n: 1, sum: 4, sumSquares: 16 },
    ];
    expect(armOf(addSums(days))).toEqual({ n: 3, mean: 7 / 3, variance: expect.closeTo(7 / 3, 12) });
  });
});
