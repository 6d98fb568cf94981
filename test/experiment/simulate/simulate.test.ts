import { describe, expect, it } from "vitest";

import { defaultUseCases, scenarioOf } from "../../../src/experiment/simulate/default-scenario.js";
import { rateOf, spreadOf } from "../../../src/experiment/simulate/rates.js";
import { simulate } from "../../../src/experiment/simulate/simulate.js";
import type { SimulationInput } from "../../../src/model/simulation.js";
import { simulationText } from "../../../src/report/simulation.js";

const ONE_STAGE = [
  { percent: 50, minExposures: 2000, minHours: 24 },
  { percent: 100, minExposures: 0, minHours: 0 },
];

function campaign(effects: Parameters<typeof defaultUseCases>[0]["effects"], more: Partial<SimulationInput> = {}) {
  return scenarioOf({
    runs: 3,
    days: 12,
    stages: ONE_STAGE,
    fleet: { unitsPerDay: 1500, drift: 0.3 },
    useCases: defaultUseCases({ useCases: 3, harmed: Object.keys(effects).length > 0 ? 1 : 0, effects }),
    ...more,
  });
}

const OPTIONS = { jobs: 1, coverage: false };

describe("a simulated campaign", () => {
  it("comes out the same for the same seed, and otherwise for another", async () => {
    const [first, again, other] = await Promise.all([
      simulate(campaign({ crash: { times: 2 } }), OPTIONS),
      simulate(campaign({ crash: { times: 2 } }), OPTIONS),
      simulate(campaign({ crash: { times: 2 } }, { seed: 2 }), OPTIONS),
    ]);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it("halts what does gross harm, by the metric that it does it to, and promotes what does none", async () => {
    const { outcomes, anyFalseHalt } = await simulate(campaign({ crash: { times: 6 } }), OPTIONS);
    const harmed = outcomes.find((each) => each.harmed);
    expect(harmed?.halted.rate).toBe(1);
    expect(harmed?.metrics.find(({ metric }) => metric === "crash")?.haltedBy.rate).toBe(1);
    expect(anyFalseHalt.count).toBe(0);
  });

  it("holds where one flavor loses its own exposures, and promotes nothing on such data", async () => {
    const lost = { fleet: { unitsPerDay: 8000, lostExposures: { treatment: 0.15, control: 0 } } };
    const { outcomes } = await simulate(campaign({}, lost), OPTIONS);
    expect(outcomes[0]?.promoted.count).toBe(0);
    expect(outcomes[0]?.held.rate).toBe(1);
  });

  it("estimates without bias though the days differ and the stage rises", async () => {
    const stages = [
      { percent: 5, minExposures: 300, minHours: 24 },
      { percent: 25, minExposures: 2000, minHours: 24 },
      { percent: 50, minExposures: 1_000_000, minHours: 24 },
    ];
    const fleet = { unitsPerDay: 8000, drift: 0.5 };
    const join = {
      metric: { name: "join-time", kind: "mean" as const, margin: 20 },
      truth: { mean: 400, spread: 0.6, effect: { add: 10 } },
    };
    const scenario = campaign({}, { stages, fleet, runs: 60, days: 10, useCases: [{ name: "call", metrics: [join] }] });
    const { outcomes } = await simulate(scenario, { jobs: 1, coverage: true });
    const found = outcomes[0]?.metrics[0];
    expect(found?.truth).toBe(10);
    expect(Math.abs((found?.estimate ?? 0) - 10)).toBeLessThan(4 * (found?.error ?? 0));
    expect(found?.covered?.rate).toBeGreaterThan(0.95);
  });

  it("shares the budget by e-BH over the whole campaign where asked", async () => {
    const { outcomes } = await simulate(campaign({ crash: { times: 6 } }, { budget: { method: "e-bh" } }), OPTIONS);
    expect(outcomes.find((each) => each.harmed)?.halted.rate).toBe(1);
  });

  it("tells in words what was promised and what was seen", async () => {
    const text = simulationText(await simulate(campaign({ crash: { times: 6 } }), OPTIONS), { color: false, width: 100 });
    expect(text).toContain("3 simulated campaigns of 3 use cases, 12 days each");
    expect(text).toContain("✔ campaigns in which a use case without harm was halted: 0.00 %");
    expect(text.split("\n").every((line) => line.length <= 100)).toBe(true);
  });
});

describe("shares and quartiles over runs", () => {
  it("have the exact band of Clopper and Pearson", () => {
    const [low, high] = rateOf(10, 200).band;
    expect(low).toBeCloseTo(0.02423, 4);
    expect(high).toBeCloseTo(0.09002, 4);
    expect(rateOf(0, 100).band).toEqual([0, expect.closeTo(0.036217, 5)]);
  });

  it("have no quartiles without a run", () => {
    expect(spreadOf([])).toBeNull();
    expect(spreadOf([1, 2, 3, 4, 5])).toMatchObject({ lower: 2, median: 3, upper: 4 });
  });
});
