/** Reference values: R's binom.test, and what PostHog's public report of 9 of 4,072 against 29 of 2,035 crashes (#84351) shows of other formulas. */
import { describe, expect, it } from "vitest";

import { proportionArm } from "../../../src/stats/fixed/arm.js";
import { absoluteEffect, relativeEffect } from "../../../src/stats/fixed/effect.js";
import { rareExactInterval, rareExactP } from "../../../src/stats/fixed/rare.js";
import { sequentialPValue, tunedPrecision } from "../../../src/stats/sequential/asymptotic.js";

const exposureRatio = 2035 / 4072;

describe("rare events at one look", () => {
  it("have R's exact p-value and interval", () => {
    expect(rareExactP(29, 9, { exposureRatio }) / 7.180730643955518e-8).toBeCloseTo(1, 10);
    const [low, high] = rareExactInterval(29, 9, 0.95, exposureRatio);
    // binom.test's interval of 29 in 38, as odds over the exposure.
    const chances = [low, high].map((ratio) => (ratio * exposureRatio) / (1 + ratio * exposureRatio));
    expect(chances).toEqual([expect.closeTo(0.5975876394, 9), expect.closeTo(0.8855582952, 9)]);
    expect(rareExactP(0, 4)).toBe(1);
    expect(rareExactP(3, 0)).toBeCloseTo(1 / 8, 12);
    expect(rareExactInterval(0, 0, 0.95)).toEqual([0, Infinity]);
    expect(rareExactP(12, 10, { nullRatio: 1.2 })).toBeCloseTo(0.5868992569, 9);
  });

  it("are missed by the relative confidence sequence, and seen by the absolute one", () => {
    const [treatment, control] = [proportionArm(29, 2035), proportionArm(9, 4072)];
    const precision = tunedPrecision(5000, 0.05);
    expect(sequentialPValue(relativeEffect(treatment, control), precision)).toBeCloseTo(0.35, 3);
    expect(sequentialPValue(absoluteEffect(treatment, control), precision)).toBeCloseTo(0.00048, 5);
  });
});
