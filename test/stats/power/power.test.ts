/** Reference values: R's power.prop.test, power.t.test and pt with ncp, scipy.stats.nct; Spotify's rule for guardrails. */
import { describe, expect, it } from "vitest";

import { detectableMean, powerForMeans, powerPerGuardrail, unitsForMeans, unitsForNoWorseMean } from "../../../src/stats/power/means.js";
import { noncentralUpper } from "../../../src/stats/power/noncentral-t.js";
import { detectableProportion, unitsForNoWorseProportion, unitsForProportions } from "../../../src/stats/power/proportions.js";
import { detectableRatio, eventsForRare, unitsForEvents } from "../../../src/stats/power/rare-events.js";
import { detectableHarm, unitsForHarm } from "../../../src/stats/power/sequential.js";

const goal = { alpha: 0.05, power: 0.8, sides: 2 } as const;

describe("power of tests with one look", () => {
  it("is R's for two shares", () => {
    expect(unitsForProportions(0.01, 0.011, goal)).toBeCloseTo(163094.6175, 3);
    expect(unitsForProportions(0.5, 0.75, { ...goal, power: 0.9 })).toBeCloseTo(76.7069301, 4);
    expect(detectableProportion(0.01, 163094.6175, goal)).toBeCloseTo(0.001, 8);
  });

  it("is R's for two means, by the noncentral t", () => {
    expect(unitsForMeans(0.1, goal)).toBeCloseTo(1570.736888, 4);
    expect(unitsForMeans(0.5 / 1.2, { alpha: 0.01, power: 0.9, sides: 2 })).toBeCloseTo(173.077394662, 5);
    expect(unitsForMeans(0.5, { ...goal, sides: 1 })).toBeCloseTo(50.1508, 4);
    expect(powerForMeans(1, 20, goal)).toBeCloseTo(0.868952801692, 8);
    expect(1 - noncentralUpper(2, 10, 1)).toBeCloseTo(0.80761156253, 10);
    expect(noncentralUpper(-1.5, 4, 2)).toBeCloseTo(0.998994935708821, 12);
    expect(detectableMean(2, 1570.736888, goal)).toBeCloseTo(0.2, 7);
  });

  it("is the textbook's for no worse than a margin", () => {
    expect(unitsForNoWorseProportion(0.5, 0.1, { alpha: 0.05, power: 0.8 })).toBeCloseTo(309.13, 1);
    expect(unitsForNoWorseMean(1, 0.5, goal)).toBeCloseTo(unitsForMeans(0.5, { ...goal, sides: 1 }), 9);
  });

  it("is split over guardrails as Spotify does", () => {
    expect(powerPerGuardrail(0.8, 4)).toBeCloseTo(0.95, 12);
    expect(powerPerGuardrail(0.8, 1)).toBeCloseTo(0.8, 12);
  });
});

describe("power of tests at every look", () => {
  it("needs more units than a test with one look, by less than three times at its tuning", () => {
    const plan = { deviation: 1, alpha: 0.05, power: 0.8, plannedUnits: 5000 };
    const units = unitsForHarm(0.1, plan);
    expect(detectableHarm(units, plan)).toBeCloseTo(0.1, 9);
    const once = 2 * unitsForMeans(0.1, { alpha: 0.05, power: 0.8, sides: 1 });
    expect(units / once).toBeGreaterThan(1.3);
    expect(units / once).toBeLessThan(3);
  });

  it("tells how many crashes a doubled rate takes: about 50 at 5 %, three times as many under the fleet's budget", () => {
    const [median = 0, most = 0] = eventsForRare({ alpha: 0.05, ratio: 2 }, [0.5, 0.8]);
    expect(unitsForEvents(median, 0.003, 2)).toBeLessThan(7000);
    expect(most).toBeGreaterThan(median);
    const [fleet = 0] = eventsForRare({ alpha: 0.05 / 270, ratio: 2 }, [0.5]);
    expect(fleet / median).toBeGreaterThan(2.5);
    expect(fleet / median).toBeLessThan(4);
    expect(eventsForRare({ alpha: 0.05, ratio: 1 }, [0.5], 500)).toEqual([Infinity]);
  });

  it("shows that looking after each of 5,000 events uses up nine tenths of the error at most, and most of it", () => {
    const [soon = 0, ...never] = eventsForRare({ alpha: 0.05, ratio: 1 }, [0.04, 0.045, 0.05], 5000);
    expect(soon).toBeLessThan(200);
    expect(never).toEqual([Infinity, Infinity]);
  });

  it("tells the smallest ratio that a fleet can find, and that a small fleet finds none", () => {
    const ratio = detectableRatio(50_000, 0.003, 0.8, { alpha: 0.05 / 270 });
    expect(ratio).toBeGreaterThan(1.4);
    expect(ratio).toBeLessThan(2);
    expect(detectableRatio(200, 0.003, 0.8, { alpha: 0.05 / 270 })).toBeGreaterThan(20);
    expect(detectableRatio(20, 0.003, 0.8, { alpha: 0.05 / 270 })).toBe(Infinity);
  });
});
