/** Reference values: R's rpact 3.3 (getDesignCharacteristics) as printed. */
import { describe, expect, it } from "vitest";

import { equalFractions, obrienFlemingBounds, pocockBounds, spendingBounds } from "../../../src/stats/group-sequential/boundaries.js";
import { driftFor, expectedFraction, inflation, powerByLook, repeatedInterval } from "../../../src/stats/group-sequential/design.js";
import { obrienFlemingSpending } from "../../../src/stats/group-sequential/spending.js";

const five = { fractions: equalFractions(5), alpha: 0.05, sides: 2 } as const;

describe("a group-sequential design", () => {
  it("costs what rpact says: inflation over a test with one look", () => {
    expect(inflation(obrienFlemingBounds(five), 0.8)).toBeCloseTo(1.02841097, 6);
    expect(inflation(pocockBounds(five), 0.8)).toBeCloseTo(1.22859261, 6);
    expect(inflation(spendingBounds(five, obrienFlemingSpending), 0.8)).toBeCloseTo(1.02471988, 6);
    const one = spendingBounds({ fractions: equalFractions(4), alpha: 0.025, sides: 1 }, obrienFlemingSpending);
    expect(inflation(one, 0.9)).toBeCloseTo(1.01828002, 6);
  });

  it("finds the effect by each look with rpact's probability, and saves what rpact says", () => {
    const bounds = obrienFlemingBounds(five);
    const drift = driftFor(bounds, 0.8);
    expect(drift ** 2).toBeCloseTo(8.07187402, 5);
    const expected = [0.00049887, 0.07656935, 0.33580492, 0.61220773, 0.8];
    for (const [look, power] of powerByLook(bounds, drift).entries()) expect(power).toBeCloseTo(expected[look] ?? NaN, 6);
    expect(inflation(bounds, 0.8) * expectedFraction(bounds, drift)).toBeCloseTo(0.81756955, 5);
    expect(inflation(bounds, 0.8) * expectedFraction(bounds, 0)).toBeCloseTo(1.02105735, 5);
  });

  it("has repeated intervals as wide as the bound of their look", () => {
    const [low, high] = repeatedInterval(obrienFlemingBounds(five), 2, { mean: 3, standardError: 0.5 });
    expect([low, high]).toEqual([expect.closeTo(3 - 1.3168616, 6), expect.closeTo(3 + 1.3168616, 6)]);
    expect(repeatedInterval({ ...five, sides: 1, bounds: [2] }, 0, { mean: 3, standardError: 0.5 })).toEqual([2, Infinity]);
  });
});
