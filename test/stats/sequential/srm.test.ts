/** Reference values: R's chisq.test; PostHog's public report of 4,072 against 2,035 at 80/20; scipy's gammaln for the mixture. */
import { describe, expect, it } from "vitest";

import { pOfLogE, srmChiSquare, srmLogE, srmLogEOverPhases } from "../../../src/stats/sequential/srm.js";
import { seededRandom } from "../../../src/support/random.js";

function add(counts: number[], arm: number): void {
  counts[arm] = (counts[arm] ?? 0) + 1;
}

/** ln of the Bayes factor by scipy.special.gammaln. */
const SCIPY = { spike: 29.07160282606708, mild: 0.3983146439927623, three: -2.363637216896109 };

describe("sample ratio mismatch", () => {
  it("has R's chi-square p-values, far out too", () => {
    expect(srmChiSquare([4072, 2035], [80, 20]) / 2.40200311115e-149).toBeCloseTo(1, 9);
    expect(srmChiSquare([550, 450], [1, 1])).toBeCloseTo(0.001565402258, 11);
    expect(srmChiSquare([500, 600], [0.5, 0.5])).toBeCloseTo(0.00256883152702, 11);
    expect(srmChiSquare([0, 0], [1, 1])).toBe(1);
  });

  it("finds a single unit where nobody should be, and leaves such an arm out otherwise", () => {
    expect([srmChiSquare([5, 1], [1, 0]), srmLogE([5, 1], [1, 0])]).toEqual([0, Infinity]);
    expect(srmChiSquare([550, 450, 0], [1, 1, 0])).toBe(srmChiSquare([550, 450], [1, 1]));
    expect(srmLogE([550, 450, 0], [1, 1, 0])).toBe(srmLogE([550, 450], [1, 1]));
  });

  it("has the e-value of the Dirichlet-multinomial", () => {
    expect(srmLogE([100, 900], [0.5, 0.5], [10_000])).toBeCloseTo(SCIPY.spike, 7);
    expect(srmLogE([500, 600], [1, 1], [10_000])).toBeCloseTo(SCIPY.mild, 8);
    expect(srmLogE([10, 20, 30], [1, 2, 3], [7])).toBeCloseTo(SCIPY.three, 10);
  });

  it("sees a gross mismatch after dozens of units, and a small one in the end", () => {
    expect(srmLogE([45, 5], [1, 1])).toBeGreaterThan(Math.log(1000));
    expect(srmLogE([51_000, 49_000], [1, 1])).toBeGreaterThan(Math.log(1000));
    expect(srmLogE([5_000, 5_000], [1, 1])).toBeLessThan(0);
  });

  it("errs less often than it says, looked at after every 20 units", () => {
    const random = seededRandom(3);
    let alarms = 0;
    for (let run = 0; run < 1000; run++) {
      const counts = [0, 0];
      for (let look = 0; look < 60; look++) {
        for (let unit = 0; unit < 20; unit++) add(counts, random() < 0.5 ? 0 : 1);
        if (srmLogE(counts, [1, 1]) >= Math.log(1 / 0.05)) {
          alarms++;
          break;
        }
      }
    }
    expect(alarms).toBeLessThan(50);
  });

  it("adds up over phases with different weights", () => {
    const phases = [
      { counts: [10, 90], weights: [1, 9] },
      { counts: [60, 40], weights: [1, 1] },
    ];
    expect(srmLogEOverPhases(phases)).toBeCloseTo(srmLogE([10, 90], [1, 9]) + srmLogE([60, 40], [1, 1]), 12);
    expect([pOfLogE(Math.log(50)), pOfLogE(-3)]).toEqual([expect.closeTo(0.02, 12), 1]);
  });
});
