/** Reference values: R's rpact 3.3 (getDesignGroupSequential) as printed; the classic tables; Armitage, McPherson and Rowe (1969). */
import { describe, expect, it } from "vitest";

import {
  equalFractions,
  errorOf,
  haybittlePetoBounds,
  nominalLevels,
  obrienFlemingBounds,
  peekingError,
  pocockBounds,
  shapeBounds,
  spendingBounds,
} from "../../../src/stats/group-sequential/boundaries.js";
import { gammaSpending, obrienFlemingSpending, pocockSpending, powerSpending } from "../../../src/stats/group-sequential/spending.js";

function expectBounds(bounds: readonly number[], expected: readonly number[], digits = 4): void {
  expect(bounds.length).toBe(expected.length);
  for (const [look, bound] of bounds.entries()) expect(bound).toBeCloseTo(expected[look] ?? NaN, digits);
}

const five = { fractions: equalFractions(5), alpha: 0.05, sides: 2 } as const;

describe("group-sequential bounds", () => {
  it("are the tables' for O'Brien and Fleming, and for Pocock", () => {
    expectBounds(obrienFlemingBounds(five).bounds, [4.561742, 3.225639, 2.633723, 2.280871, 2.040073], 5);
    expectBounds(pocockBounds(five).bounds, Array(5).fill(2.413176), 5);
    expectBounds(pocockBounds({ fractions: equalFractions(10), alpha: 0.01, sides: 2 }).bounds, Array(10).fill(3.116850144), 5);
    expectBounds(
      obrienFlemingBounds({ fractions: equalFractions(4), alpha: 0.025, sides: 1 }).bounds,
      [4.048591, 2.862786, 2.337455, 2.024296],
      5,
    );
  });

  it("have the constants of Jennison and Turnbull's tables 2.1 and 2.3", () => {
    const pocock = [2.178, 2.289, 2.361, 2.413, 2.453, 2.485, 2.512, 2.535, 2.555];
    const obrien = [1.977, 2.004, 2.024, 2.04, 2.053, 2.063, 2.072, 2.08, 2.087];
    for (let looks = 2; looks <= 10; looks++) {
      const design = { fractions: equalFractions(looks), alpha: 0.05, sides: 2 } as const;
      expect(pocockBounds(design).bounds.at(-1)?.toFixed(3)).toBe(pocock[looks - 2]?.toFixed(3));
      expect(obrienFlemingBounds(design).bounds.at(-1)?.toFixed(3)).toBe(obrien[looks - 2]?.toFixed(3));
    }
  });

  it("are rpact's for spending like O'Brien and Fleming, at even and uneven fractions", () => {
    expectBounds(spendingBounds(five, obrienFlemingSpending).bounds, [4.876884949, 3.357011922, 2.680280067, 2.289816774, 2.031032048], 6);
    const uneven = { fractions: [0.1, 0.35, 0.6, 1], alpha: 0.05, sides: 2 } as const;
    // rpact prints 3.612789281; the second bound is 3.612788739 by R's qnorm, as the first one holds nothing back.
    expectBounds(spendingBounds(uneven, obrienFlemingSpending).bounds, [6.991351707, 3.612788739, 2.673239239, 1.981152751], 6);
  });

  it("are rpact's for spending like Pocock, by powers, and after Hwang, Shih and DeCani", () => {
    const one = { fractions: equalFractions(5), alpha: 0.025, sides: 1 } as const;
    expectBounds(spendingBounds(one, pocockSpending).bounds, [2.437976688, 2.426813863, 2.410194136, 2.396649294, 2.385999702], 6);
    const three = { fractions: equalFractions(3), alpha: 0.05, sides: 2 } as const;
    expectBounds(spendingBounds(three, pocockSpending).bounds, [2.279428239, 2.294911139, 2.29593835], 6);
    const four = { ...one, fractions: equalFractions(4) };
    expectBounds(spendingBounds(four, powerSpending(3)).bounds, [3.359353718, 2.760397024, 2.359363414, 2.029300667], 6);
    expectBounds(
      spendingBounds({ ...one, fractions: equalFractions(3) }, gammaSpending(-4)).bounds,
      [3.010739485, 2.546530552, 1.999226354],
      6,
    );
  });

  it("are rpact's for the shapes of Wang and Tsiatis", () => {
    const four = { fractions: equalFractions(4), alpha: 0.05, sides: 2 } as const;
    expectBounds(shapeBounds(four, 0.25).bounds, [2.988714145, 2.513199011, 2.270931662, 2.113340039], 6);
  });

  it("are rpact's for a fixed early bound after Haybittle and Peto", () => {
    const one = { fractions: equalFractions(3), alpha: 0.025, sides: 1 } as const;
    expectBounds(haybittlePetoBounds(one).bounds, [3, 3, 1.975097633], 7);
    expectBounds(haybittlePetoBounds({ fractions: [0.2, 0.7, 1], alpha: 0.05, sides: 2 }).bounds, [3, 3, 1.97886153], 7);
  });

  it("spend exactly alpha, also over a ramp's fractions and over 30 daily looks", () => {
    const ramp = { fractions: [0.001, 0.01, 0.05, 0.25, 0.5, 1], alpha: 0.05, sides: 1 } as const;
    expect(errorOf(spendingBounds(ramp, obrienFlemingSpending))).toBeCloseTo(0.05, 7);
    const daily = { fractions: equalFractions(30), alpha: 0.01, sides: 2 } as const;
    expect(errorOf(spendingBounds(daily, pocockSpending))).toBeCloseTo(0.01, 7);
  });

  it("stay exact for hundreds of looks that come nearer and nearer together", () => {
    const fractions = Array.from({ length: 100 }, (_, look) => 1 - Math.exp(-(look + 1) / 12));
    expect((fractions.at(-1) ?? 0) - (fractions.at(-2) ?? 0)).toBeLessThan(2.5e-5);
    const daily = spendingBounds({ fractions, alpha: 0.01, sides: 2 }, powerSpending(2));
    expect(errorOf(daily) / (0.01 * (fractions.at(-1) ?? 0) ** 2)).toBeCloseTo(1, 8);
    for (const [look, bound] of daily.bounds.slice(1).entries()) expect(bound - (daily.bounds[look] ?? 0)).toBeLessThan(0.01);
  });

  it("are rpact's for twenty looks", () => {
    const { bounds } = spendingBounds({ fractions: equalFractions(20), alpha: 0.05, sides: 2 }, obrienFlemingSpending);
    // rpact, which spends nothing at the first two looks, is 0.02 off at the third and 1e-4 at the next ones.
    expect(bounds[2]).toBeCloseTo(5.6697, 4);
    expectBounds(bounds.slice(3, 8), [4.877999015, 4.338273577, 3.942780353, 3.637936614, 3.394049503], 3);
    expectBounds(bounds.slice(17), [2.239457183, 2.178804286, 2.122829445], 5);
  });

  it("are those by which Spotify's library adjusts its levels", () => {
    const fractions = [250, 450, 630, 810].map((units) => units / 810);
    const levels = nominalLevels(spendingBounds({ fractions, alpha: 0.01, sides: 2 }, powerSpending(2)));
    expectBounds(levels, [0.00095, 0.00241, 0.0041, 0.00636], 5);
  });

  it("spend nothing where nothing is given, and go on after that", () => {
    const late = spendingBounds({ ...five, sides: 1 }, (t, alpha) => (t < 0.5 ? 0 : alpha * t));
    expect(late.bounds.slice(0, 2)).toEqual([Infinity, Infinity]);
    expect(errorOf(late)).toBeCloseTo(0.05, 7);
  });

  it("let a look without new information pass", () => {
    const twice = spendingBounds({ fractions: [0.5, 0.5, 1, 1], alpha: 0.05, sides: 1 }, obrienFlemingSpending);
    const once = spendingBounds({ fractions: [0.5, 1], alpha: 0.05, sides: 1 }, obrienFlemingSpending);
    expect(twice.bounds).toEqual([once.bounds[0], Infinity, once.bounds[1], Infinity]);
    expect(errorOf(twice)).toBeCloseTo(0.05, 9);
    expect(errorOf({ fractions: [0.5, 0.5], alpha: 0.05, sides: 1, bounds: [2, 2] })).toBeCloseTo(0.02275, 5);
  });

  it("tell the nominal level of each look", () => {
    const levels = nominalLevels(pocockBounds(five));
    for (const level of levels) expect(level).toBeCloseTo(0.015813, 5);
  });
});

describe("peeking", () => {
  it("inflates a nominal 5 % as Armitage, McPherson and Rowe tabulate it", () => {
    const expected = { 2: 0.083118, 3: 0.107256, 4: 0.126169, 5: 0.141689, 10: 0.193357 };
    for (const [looks, error] of Object.entries(expected)) expect(peekingError(Number(looks), 0.05)).toBeCloseTo(error, 5);
  });
});
