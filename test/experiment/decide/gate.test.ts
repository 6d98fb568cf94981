import { describe, expect, it } from "vitest";

import { effectOf } from "../../../src/experiment/decide/effect.js";
import { gateOf } from "../../../src/experiment/decide/gate.js";
import { quantileOnce } from "../../../src/experiment/decide/quantile.js";
import { drawBinomial, normalStream, uniformStream } from "../../../src/experiment/simulate/draws.js";
import type { ArmStatistics, HistogramBin } from "../../../src/model/arm-statistics.js";
import type { GateLook } from "../../../src/model/decision.js";
import { type Arm, type Metric, metricSchema } from "../../../src/model/experiment.js";

const STAGE = { percent: 50, minExposures: 300, minHours: 0, marginFactor: 1 };

/** Draws the units of one day into a row. */
type Day = (row: ArmStatistics, arm: Arm) => ArmStatistics;

/** Whether a gate with a look on each of 20 days passes. */
function passes(metric: Metric, day: Day): boolean {
  const rows = (["treatment", "control"] as const).map((arm): ArmStatistics => {
    return { experiment: "e", phase: 1, arm, metric: "m", units: 0, sum: 0, sumSquares: 0 };
  });
  const looks: GateLook[] = [];
  let [treatment, control] = rows as [ArmStatistics, ArmStatistics];
  for (let at = 0; at < 20; at++) {
    [treatment, control] = [day(treatment, "treatment"), day(control, "control")];
    const strata = [{ phase: 1, treatment, control }];
    const effect = metric.kind === "quantile" ? quantileOnce(metric, strata) : effectOf(metric, strata);
    const gate = gateOf({ metric, stage: STAGE, strata, effect, looks, due: treatment.units >= STAGE.minExposures });
    if (gate.passed && treatment.units >= STAGE.minExposures) return true;
    if (gate.fraction > (looks.at(-1)?.fractions["m"] ?? 0)) looks.push({ stage: 0, at: "", fractions: { m: gate.fraction }, passed: [] });
  }
  return false;
}

function partPassed(runs: number, metric: Metric, day: Day): number {
  return Array.from({ length: runs }, () => passes(metric, day)).filter(Boolean).length / runs;
}

function sums(arm: Arm, units: number, sum: number): ArmStatistics {
  return { experiment: "e", phase: 1, arm, metric: "m", units, sum, sumSquares: units * 2500 + (sum * sum) / units };
}

describe("a gate that is looked at every day", () => {
  const uniform = uniformStream(11);
  const normal = normalStream(uniform);
  const mean = metricSchema.parse({ name: "m", kind: "mean", margin: 5, plannedUnits: 1500 });
  const rare = metricSchema.parse({ name: "m", kind: "rare", margin: 0.01, plannedUnits: 2500 });
  const quantile = metricSchema.parse({ name: "m", kind: "quantile", q: 0.9, margin: 12, plannedUnits: 1500 });

  /** 150 units a day with a standard deviation of 50, as their sums. */
  const values =
    (shift: number): Day =>
    (row, arm) => {
      const day = (arm === "treatment" ? shift : 0) + (normal() * 50) / Math.sqrt(150);
      const sumSquares = row.sumSquares + 150 * day * day + 149 * 2500;
      return { ...row, units: row.units + 150, sum: row.sum + 150 * day, sumSquares };
    };
  const events =
    (more: number): Day =>
    (row, arm) => {
      const count = drawBinomial(uniform, 250, 0.01 + (arm === "treatment" ? more : 0));
      return {
        ...row,
        units: row.units + 250,
        sum: row.sum + count,
        sumSquares: row.sumSquares + count,
        events: (row.events ?? 0) + count,
      };
    };
  const spread =
    (shift: number): Day =>
    (row, arm) => {
      const bins = new Map((row.histogram ?? []).map((bin) => [bin[1], bin[2]]));
      for (let unit = 0; unit < 150; unit++) {
        const to = Math.ceil(normal() * 50 + (arm === "treatment" ? shift : 0));
        bins.set(to, (bins.get(to) ?? 0) + 1);
      }
      const histogram = [...bins].map(([to, units]): HistogramBin => [to - 1, to, units]).toSorted((x, y) => x[0] - y[0]);
      return { ...row, units: row.units + 150, histogram };
    };

  it("lets harm of the margin through in no more than one of twenty experiments, over all its looks", () => {
    expect(partPassed(1500, mean, values(5))).toBeLessThan(0.055);
    expect(partPassed(1500, rare, events(0.01))).toBeLessThan(0.055);
    expect(partPassed(150, quantile, spread(12))).toBeLessThan(0.08);
  });

  it("lets nearly all through that do no harm", () => {
    expect(partPassed(500, mean, values(0))).toBeGreaterThan(0.85);
    expect(partPassed(500, rare, events(0))).toBeGreaterThan(0.85);
    expect(partPassed(50, quantile, spread(0))).toBeGreaterThan(0.85);
  });

  it("asks for less than the margin at an early stage only by the stage's factor", () => {
    const strata = [{ phase: 1, treatment: sums("treatment", 400, 400), control: sums("control", 400, 0) }];
    const request = { metric: mean, strata, effect: effectOf(mean, strata), looks: [], due: true };
    expect(gateOf({ ...request, stage: STAGE })).toMatchObject({ margin: 5, passed: false });
    expect(gateOf({ ...request, stage: { ...STAGE, percent: 0.1, marginFactor: 3 } })).toMatchObject({
      margin: 15,
      passed: true,
      fraction: 1,
    });
  });
});
