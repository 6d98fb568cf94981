import { describe, expect, it } from "vitest";

import { gateUnits } from "../../../src/experiment/plan/gate-units.js";
import { planExperiments } from "../../../src/experiment/plan/plan-experiments.js";
import { usualStages } from "../../../src/experiment/plan/usual-stages.js";
import { stageDays } from "../../../src/experiment/plan/stage-days.js";
import { experimentPlanSchema, experimentsConfigSchema } from "../../../src/model/experiment-plan.js";
import { metricSchema } from "../../../src/model/experiment.js";

const CONFIG = experimentsConfigSchema.parse({
  metrics: {
    crash: { kind: "rare", margin: 0.001, expects: { rate: 0.003 } },
    delay: { kind: "mean", margin: 5, expects: { deviation: 60 }, role: "primary" },
    warm: { kind: "mean", margin: 1, role: "signal" },
  },
  templates: [
    { useCases: ["*-call"], metrics: ["crash", "delay", "warm"], unitsPerDay: 100_000, dependsOn: ["audio"] },
    { useCases: ["audio"], metrics: ["crash"], unitsPerDay: 50 },
  ],
});

function planned(change: Partial<Parameters<typeof planExperiments>[0]> = {}) {
  let salt = 0;
  const newSalt = () => String(++salt).padStart(32, "0");
  const useCases = ["laptop-call", "phone-call", "audio", "screen"];
  return planExperiments({ project: "webrtc", useCases, config: CONFIG, from: "M120", to: "M150", aa: false, newSalt, ...change });
}

describe("a plan for a release", () => {
  it("has an experiment for each use case that a template fits, each with a salt of its own, and names the others", () => {
    const plan = planned();
    expect(experimentPlanSchema.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
    expect(plan.experiments.map(({ experiment }) => experiment.id)).toEqual(["laptop-call-m150", "phone-call-m150", "audio-m150"]);
    expect(new Set(plan.experiments.map(({ experiment }) => experiment.salt)).size).toBe(3);
    expect(plan.without).toEqual(["screen"]);
    expect(plan.experiments[0]?.experiment.dependsOn).toEqual(["audio"]);
  });

  it("plans anew under other ids, also where names are as long as they may be", () => {
    const ids = planned({ round: 2, useCases: ["laptop-call", `${"x".repeat(110)}-call`] }).experiments.map(
      ({ experiment }) => experiment.id,
    );
    expect(ids).toEqual(["laptop-call-m150-r2", `${"x".repeat(97)}-r2`]);
  });

  it("writes the shares of one budget down: every guardrail gets the same part, signals none", () => {
    const plan = planned();
    expect(plan.budget).toEqual({ alpha: 0.05, tests: 5 });
    const alphas = plan.experiments.flatMap(({ metrics }) => metrics.filter(({ role }) => role !== "signal").map(({ alpha }) => alpha));
    for (const alpha of alphas) expect(alpha).toBeCloseTo(0.01, 12);
    expect(plan.experiments.reduce((sum, { experiment }) => sum + (experiment.budgetShare ?? 0), 0)).toBeCloseTo(1, 12);
  });

  it("tells the units of the gate, the days, and the smallest harm that halts", () => {
    const [call] = planned().experiments;
    const [crash, delay, warm] = call?.metrics ?? [];
    expect(crash?.gateUnits).toBeGreaterThan(30_000);
    expect(delay?.gateUnits).toBe(gateUnits(metricSchema.parse({ name: "delay", kind: "mean", margin: 5 }), { deviation: 60 }, 0.9));
    expect(crash?.finds).toBeGreaterThan(1);
    expect(crash?.finds).toBeLessThan(2);
    expect(delay?.finds).toBeGreaterThan(5);
    expect(warm).toMatchObject({ gateUnits: null, finds: null });
    expect(call?.days).toBeGreaterThan(9);
    expect(call?.experiment.metrics[0]?.plannedUnits).toBe(crash?.gateUnits);
  });

  it("shows what cannot reach power before it is started", () => {
    const fleet = experimentsConfigSchema.parse({
      ...CONFIG,
      templates: [{ useCases: ["*"], metrics: ["crash"], unitsPerDay: 1000, fleet: 40_000 }],
    });
    const [poor] = planned({ config: fleet, useCases: ["screen"] }).experiments;
    expect(poor?.days).toBeNull();
    expect(poor?.problems[0]).toMatch(/^the gate behind 50 % needs [\d,]+ units per arm, and that stage brings 20,000 at most/);
    const vague = experimentsConfigSchema.parse({
      ...CONFIG,
      metrics: { crash: { kind: "rare", margin: 0.001 } },
      templates: fleet.templates,
    });
    expect(planned({ config: vague, useCases: ["screen"] }).experiments[0]?.problems[0]).toBe(
      "crash has no expects.rate: its power cannot be told; an A/A experiment measures it",
    );
  });

  it("plans A/A experiments of the old flavor, without the stage that has no control", () => {
    const [call] = planned({ aa: true }).experiments;
    expect(call?.experiment).toMatchObject({
      id: "laptop-call-m150-aa",
      aa: true,
      to: { flavor: "legacy", release: "M120" },
      dependsOn: [],
    });
    expect(call?.experiment.stages.at(-1)?.percent).toBe(50);
  });

  it("refuses a template with a metric that is not listed", () => {
    const wrong = experimentsConfigSchema.parse({ ...CONFIG, templates: [{ metrics: ["crahs"], unitsPerDay: 1 }] });
    expect(() => planned({ config: wrong })).toThrow("names the metric 'crahs'");
  });
});

describe("units of a gate before anything was measured", () => {
  it("are those by which the classic formula shows non-inferiority", () => {
    const rare = metricSchema.parse({ name: "crash", kind: "rare", margin: 0.001 });
    const classic = ((1.7507 + 0.8416) / 0.001) ** 2 * 2 * 0.003;
    const units = gateUnits(rare, { rate: 0.003 }, 0.8) ?? 0;
    expect(units).toBeGreaterThan(classic);
    expect(units).toBeLessThan(1.2 * classic);
    expect(gateUnits({ ...rare, margin: 0 }, { rate: 0.003 }, 0.8)).toBe(Infinity);
    expect(gateUnits(rare, {}, 0.8)).toBeUndefined();
  });

  it("fall with the square of a stage's factor", () => {
    const mean = metricSchema.parse({ name: "delay", kind: "mean", margin: 1 });
    const [one, ten] = [gateUnits(mean, { deviation: 50 }, 0.8, 1) ?? 0, gateUnits(mean, { deviation: 50 }, 0.8, 10) ?? 1];
    expect(one / ten).toBeCloseTo(100, 0);
  });
});

function percents(unitsPerDay: number, fleet?: number): number[] {
  return usualStages({ unitsPerDay, fleet }).map(({ percent }) => percent);
}

describe("stages that a template does not name", () => {
  it("are the default ramp for large fleets, and begin later for smaller ones", () => {
    expect(percents(1_000_000)).toEqual([0.1, 1, 5, 25, 50, 100]);
    expect(percents(20_000)).toEqual([1, 5, 25, 50, 100]);
    expect(percents(1000, 30_000)).toEqual([50, 100]);
    expect(usualStages({ unitsPerDay: 100, fleet: 5000 })[0]).toMatchObject({ percent: 50, minExposures: 2000 });
  });
});

describe("days of stages", () => {
  it("count units once: what came at an earlier stage is in the arms already", () => {
    const stages = [1, 10, 100].map((percent) => ({ percent, minExposures: 0, minHours: 24, marginFactor: 1 }));
    expect(stageDays(stages, [100, 1100, undefined], { unitsPerDay: 1000 }).map(({ days }) => days)).toEqual([10, 10, 0]);
    expect(stageDays(stages, [100, 1100, undefined], { unitsPerDay: 1000, fleet: 9000 }).map(({ days }) => days)).toEqual([null, null, 0]);
  });
});
