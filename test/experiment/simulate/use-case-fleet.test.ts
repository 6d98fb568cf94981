import { describe, expect, it } from "vitest";

import { normalStream, uniformStream } from "../../../src/experiment/simulate/draws.js";
import { analysisOf, newUseCaseFleet, stepFleet } from "../../../src/experiment/simulate/use-case-fleet.js";
import { analysisSchema } from "../../../src/model/arm-statistics.js";
import { simulationSchema } from "../../../src/model/simulation.js";

const metric = { margin: 0, better: "lower", role: "guardrail" } as const;
const scenario = simulationSchema.parse({
  fleet: { unitsPerDay: 20_000, lost: { treatment: 0.05, control: 0.01 } },
  useCases: [
    {
      name: "call",
      metrics: [
        { metric: { ...metric, name: "crash", kind: "rare" }, truth: { rate: 0.003, effect: { times: 2 } } },
        { metric: { ...metric, name: "join-ms", kind: "mean" }, truth: { mean: 400, spread: 0.5, effect: { add: 20 } } },
        { metric: { ...metric, name: "bits-per-call", kind: "ratio" }, truth: { mean: 3, spread: 0.5 } },
        { metric: { ...metric, name: "slow-join", kind: "quantile", q: 0.95 }, truth: { mean: 400 } },
        { metric: { ...metric, name: "errors", kind: "count" }, truth: { rate: 0.1 } },
        { metric: { ...metric, name: "cpu", kind: "mean", cuped: true }, truth: { mean: 10, spread: 0.3 } },
      ],
    },
  ],
});

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("not there");
  return value;
}

function fleetAfter(stages: readonly number[]) {
  const useCase = found(scenario.useCases[0]);
  const uniform = uniformStream(5);
  const fleet = newUseCaseFleet("call-1", useCase, scenario.fleet, { uniform, normal: normalStream(uniform) });
  stages.forEach((percent, day) => stepFleet(fleet, { day, share: 1 }, day + 1, percent));
  return fleet;
}

function rowOf(analysis: ReturnType<typeof analysisOf>, name: string, arm: string, phase = 1) {
  return found(analysis.statistics.find((each) => each.metric === name && each.arm === arm && each.phase === phase));
}

describe("a simulated fleet of one use case", () => {
  it("gives an analysis of the shape that the server's has", () => {
    expect(() => analysisSchema.parse(analysisOf(fleetAfter([1, 5, 50]), "2026-01-05T00:00:00.000Z"))).not.toThrow();
  });

  it("draws as many units into the control as into the treatment, at each stage those that are new to it", () => {
    const { exposures } = analysisOf(fleetAfter([1, 5, 50]), "2026-01-05T00:00:00.000Z");
    for (const phase of [1, 2, 3]) {
      const unitsOf = (arm: string) => found(exposures.find((each) => each.phase === phase && each.arm === arm)).units;
      const [treatment, control] = [unitsOf("treatment"), unitsOf("control")];
      expect(Math.abs(treatment - control)).toBeLessThan(5 * Math.sqrt(treatment + control));
    }
    const first = found(exposures.find(({ phase }) => phase === 1)).units;
    expect(Math.abs(first - 200)).toBeLessThan(75);
    expect(found(exposures.find(({ phase }) => phase === 3)).units).toBeGreaterThan(10_000);
  });

  it("gives the treatment the stated effects and the arms the stated losses", () => {
    const analysis = analysisOf(fleetAfter([50]), "2026-01-05T00:00:00.000Z");
    const mean = (name: string, arm: string) => rowOf(analysis, name, arm).sum / rowOf(analysis, name, arm).units;
    expect(mean("crash", "treatment") / mean("crash", "control")).toBeGreaterThan(1.4);
    expect(mean("join-ms", "treatment") - mean("join-ms", "control")).toBeGreaterThan(8);
    expect(mean("join-ms", "treatment") - mean("join-ms", "control")).toBeLessThan(32);
    for (const { arm, silent, due = 0 } of analysis.exposures) {
      expect(Math.abs(silent / due - (arm === "treatment" ? 0.05 : 0.01))).toBeLessThan(0.01);
    }
  });

  it("gives CUPED a covariate that explains most of the scatter, and ratios their products", () => {
    const analysis = analysisOf(fleetAfter([50]), "2026-01-05T00:00:00.000Z");
    const { units, sum, sumSquares, covariateSum = 0, covariateSquares = 0, covariateCross = 0 } = rowOf(analysis, "cpu", "control");
    const [a, b] = [sumSquares - sum ** 2 / units, covariateSquares - covariateSum ** 2 / units];
    expect((covariateCross - (sum * covariateSum) / units) / Math.sqrt(a * b)).toBeGreaterThan(0.5);
    const ratio = rowOf(analysis, "bits-per-call", "control");
    expect(ratio.sum / found(ratio.denominatorSum)).toBeGreaterThan(1.5);
    expect(found(ratio.cross)).toBeGreaterThan(ratio.sum);
  });

  it("counts every unit of a quantile metric in exactly one bin", () => {
    const row = rowOf(analysisOf(fleetAfter([50]), "2026-01-05T00:00:00.000Z"), "slow-join", "control");
    expect(found(row.histogram).reduce((sum, [, , units]) => sum + units, 0)).toBe(row.units);
  });
});
