import { describe, expect, it } from "vitest";

import { effectOf } from "../../../src/experiment/decide/effect.js";
import { quantileEffect } from "../../../src/experiment/decide/quantile.js";
import { restrictedError } from "../../../src/experiment/decide/rare.js";
import { strataOf } from "../../../src/experiment/decide/strata.js";
import type { ArmStatistics, HistogramBin } from "../../../src/model/arm-statistics.js";
import { type Arm, metricSchema } from "../../../src/model/experiment.js";
import { seededRandom } from "../../../src/support/random.js";
import { values } from "../../helpers/arms.js";

const MEAN = metricSchema.parse({ name: "delay", kind: "mean", margin: 1 });

describe("the effect over phases", () => {
  it("is made from each phase's own difference: phases of other days and sizes do not stand against each other", () => {
    const rows = [
      values("treatment", 1000, 100, 10, 1),
      values("control", 1000, 100, 10, 1),
      values("treatment", 9000, 200, 10, 2),
      values("control", 3000, 200, 10, 2),
    ];
    expect(effectOf(MEAN, strataOf(rows))?.estimate).toBeCloseTo(0, 9);
    const pooled = (1000 * 100 + 9000 * 200) / 10_000 - (1000 * 100 + 3000 * 200) / 4000;
    expect(pooled).toBeCloseTo(15, 9);
  });

  it("leaves out a phase without control", () => {
    const rows = [values("treatment", 100, 7, 1, 1), values("control", 100, 5, 1, 1), values("treatment", 9000, 90, 1, 2)];
    expect(effectOf(MEAN, strataOf(rows))).toMatchObject({ n: 200, treatment: expect.closeTo(7, 9) });
    expect(effectOf(MEAN, strataOf(rows.slice(2)))).toBeUndefined();
  });

  it("has Welch's error in one phase (gbstats' reference)", () => {
    const effect = effectOf(MEAN, strataOf([sums("treatment", 3461, 2422.7, 134698.29), sums("control", 3407, 1396.87, 52377.9767)]));
    expect(effect?.estimate).toBeCloseTo(0.29, 3);
    expect(effect?.standardError).toBeCloseTo(0.12478, 5);
  });

  it("takes out what the unit's value before its exposure tells, for means and for ratios", () => {
    const random = seededRandom(3);
    for (const kind of ["mean", "ratio"] as const) {
      const metric = metricSchema.parse({ name: "delay", kind, margin: 1, cuped: true });
      const rows = (["treatment", "control"] as const).map((arm) => rowWithCovariate(arm, random));
      const plain = effectOf({ ...metric, cuped: false }, strataOf(rows));
      const adjusted = effectOf(metric, strataOf(rows));
      expect(adjusted?.standardError).toBeLessThan(0.5 * (plain?.standardError ?? 0));
      expect(Math.abs((adjusted?.estimate ?? 9) - 0)).toBeLessThan(4 * (adjusted?.standardError ?? 0));
    }
  });
});

function sums(arm: Arm, units: number, sum: number, sumSquares: number): ArmStatistics {
  return { experiment: "e", phase: 1, arm, metric: "delay", units, sum, sumSquares };
}

/** 2,000 units whose value is their covariate and a little noise, over a denominator near 1. */
function rowWithCovariate(arm: Arm, random: () => number): ArmStatistics {
  const row = { experiment: "e", phase: 1, arm, metric: "delay", units: 2000, sum: 0, sumSquares: 0 };
  const more = { denominatorSum: 0, denominatorSquares: 0, cross: 0, covariateSum: 0, covariateSquares: 0, covariateCross: 0 };
  let covariateDenominatorCross = 0;
  for (let unit = 0; unit < row.units; unit++) {
    const covariate = 10 * random();
    const [value, denominator] = [covariate + random(), 1 + 0.01 * random()];
    row.sum += value;
    row.sumSquares += value * value;
    more.denominatorSum += denominator;
    more.denominatorSquares += denominator * denominator;
    more.cross += value * denominator;
    more.covariateSum += covariate;
    more.covariateSquares += covariate * covariate;
    more.covariateCross += covariate * value;
    covariateDenominatorCross += covariate * denominator;
  }
  return { ...row, ...more, covariateDenominatorCross };
}

describe("the error of a difference of rare rates", () => {
  it("is that under the margin: above 0 without any event", () => {
    const none = { harmed: 0, other: 0, harmedUnits: 1000, otherUnits: 1000 };
    expect(restrictedError(none, 0.001)).toBeCloseTo(Math.sqrt(0.001 / 1000), 12);
    expect(restrictedError({ ...none, harmed: 30, other: 30 }, 0)).toBeCloseTo(Math.sqrt((2 * 0.03) / 1000), 12);
  });

  it("fits rates that differ by the margin and give the same number of events in all", () => {
    const [counts, margin] = [{ harmed: 40, other: 10, harmedUnits: 2000, otherUnits: 2000 }, 0.01];
    const error = restrictedError(counts, margin);
    const other = (error ** 2 * 2000 - margin) / 2;
    expect(-4000 + 40 / (other + margin) + 10 / other).toBeCloseTo(0, 4);
  });
});

describe("bounds of a quantile", () => {
  const metric = metricSchema.parse({ name: "join", kind: "quantile", q: 0.9, margin: 10 });

  it("hold the quantile of both arms and their difference, and narrow with the units", () => {
    const widths = [1000, 5000, 20_000].map((units) => {
      const effect = quantileEffect(metric, strataOf([evenly("treatment", units, 1.5), evenly("control", units, 1)]), 0.05);
      expect(effect?.estimate).toBeCloseTo(45, -0.5);
      expect(effect?.interval[0]).toBeLessThan(45);
      expect(effect?.interval[1]).toBeGreaterThan(45);
      return (effect?.interval[1] ?? 0) - (effect?.interval[0] ?? 0);
    });
    expect(widths[0]).toBeGreaterThan(widths[1] ?? 0);
    expect(widths[1]).toBeGreaterThanOrEqual(widths[2] ?? 0);
  });

  it("are without end where there are too few units", () => {
    const effect = quantileEffect(metric, strataOf([evenly("treatment", 5, 1), evenly("control", 5, 1)]), 0.01);
    expect(effect?.interval).toEqual([-Infinity, Infinity]);
  });
});

/** Units spread evenly from 0 to 100 scales. */
function evenly(arm: Arm, units: number, scale: number): ArmStatistics {
  const bins = Array.from({ length: 100 }, (_, index): HistogramBin => [scale * index, scale * (index + 1), units / 100]);
  return { experiment: "e", phase: 1, arm, metric: "join", units, sum: 0, sumSquares: 0, histogram: bins };
}
