import { describe, expect, it } from "vitest";

import { type Budget, campaignBudgets } from "../../../src/experiment/decide/budget.js";
import { type DecideRequest, decide } from "../../../src/experiment/decide/decide.js";
import { applyDecision, resumeRamp } from "../../../src/experiment/ramp/transitions.js";
import { decisionSchema } from "../../../src/model/decision.js";
import { analysisOf, crashes, exposed, values } from "../../helpers/arms.js";
import { AT, experimentWith, runningEntry } from "../../helpers/experiments.js";

const ALONE: Budget = { method: "split", alpha: 0.05, share: 1, tests: 1 };
const LATER = "2026-12-02T12:00:00.000Z";

type Change = Partial<DecideRequest> & { readonly with?: Parameters<typeof experimentWith>[0] };

function decided({ with: change = {}, ...request }: Change) {
  const { experiment, ramp } = runningEntry(experimentWith(change));
  return decide({ experiment, ramp, looks: [], budget: ALONE, at: LATER, analysis: analysisOf(0, []), ...request });
}

const DELAY = { metrics: [{ name: "delay", kind: "mean" as const, margin: 5 }] };

describe("a decision", () => {
  it("halts when crashes are proven to have risen, with few units, and before the gate is due", () => {
    const analysis = analysisOf(900, [crashes("treatment", 900, 14), crashes("control", 900, 1)]);
    const decision = decided({ analysis, at: AT });
    expect(decision).toMatchObject({ action: "halt", perMetric: [{ verdict: "harmed", ratio: 14 }], budget: { tests: 1 } });
    expect(decision.perMetric[0]?.eValue).toBeGreaterThan(20);
    expect(decision.reasons[0]?.text).toMatch(/^crash is proven worse: 14 of 900 units against 1 of 900, e-value .* of 20$/);
    expect(decisionSchema.parse(JSON.parse(JSON.stringify(decision)))).toEqual(decision);
  });

  it("halts on crashes where the control has none at all", () => {
    const analysis = analysisOf(500, [crashes("treatment", 500, 10), crashes("control", 500, 0)]);
    expect(decided({ analysis })).toMatchObject({ action: "halt", perMetric: [{ ratio: null, control: 0 }] });
  });

  it("does not halt on the same counts under a fleet's budget of 270 tests, and says it is inconclusive", () => {
    const analysis = analysisOf(900, [crashes("treatment", 900, 14), crashes("control", 900, 2)]);
    expect(decided({ analysis }).action).toBe("halt");
    expect(decided({ analysis, budget: { ...ALONE, share: 1 / 270, tests: 270 } })).toMatchObject({
      action: "wait",
      perMetric: [{ verdict: "inconclusive", alpha: 0.05 / 270 }],
    });
  });

  it("waits for exposures and hours, and says how many are there", () => {
    const analysis = analysisOf(400, [crashes("treatment", 400, 1), crashes("control", 400, 1)]);
    const { action, reasons, look } = decided({ analysis, at: "2026-11-30T18:00:00.000Z" });
    expect([action, look]).toEqual(["wait", undefined]);
    expect(reasons.map(({ text }) => text)).toEqual(["400 of 1,000 units per arm were exposed", "6 of 24 hours at this stage have passed"]);
  });

  it("promotes when the gate shows that every guardrail is no worse than by its margin", () => {
    const analysis = analysisOf(9000, [values("treatment", 9000, 101, 50), values("control", 9000, 100, 50)]);
    const decision = decided({ with: DELAY, analysis });
    expect(decision).toMatchObject({
      action: "promote",
      perMetric: [{ verdict: "no worse", gate: { passed: true, by: "planned", fraction: 1 } }],
    });
    expect(decision.look).toEqual({ stage: 0, at: LATER, fractions: { delay: 1 }, passed: ["delay"] });
  });

  it("stays inconclusive when it is, and says what it needs", () => {
    const exposures = [exposed("treatment", 1100), exposed("control", 1100)].map((row) => Object.assign(row, { unitsLastDay: 550 }));
    const analysis = analysisOf(1100, [values("treatment", 1100, 102, 60), values("control", 1100, 100, 60)], exposures);
    const { action, reasons, perMetric } = decided({ with: DELAY, analysis });
    expect(action).toBe("wait");
    const needs = perMetric[0]?.needs;
    expect(needs?.units).toBeGreaterThan(2000);
    expect(needs?.days).toBeCloseTo(((needs?.units ?? 0) - 1100) / 550, 0);
    expect(reasons[0]).toMatchObject({ code: "inconclusive", metric: "delay" });
    expect(reasons[0]?.text).toMatch(/^delay is inconclusive: needs about [\d,]+ units per arm, about \d+ days at the present rate$/);
  });

  it("never promotes with rates of nothing in few units: no events are no proof", () => {
    const analysis = analysisOf(1000, [crashes("treatment", 1000, 0), crashes("control", 1000, 0)]);
    const tight = { metrics: [{ name: "crash", kind: "rare" as const, margin: 0.001 }] };
    expect(decided({ with: tight, analysis })).toMatchObject({ action: "wait", perMetric: [{ verdict: "inconclusive" }] });
    const many = analysisOf(20_000, [crashes("treatment", 20_000, 0), crashes("control", 20_000, 0)]);
    expect(decided({ with: tight, analysis: many }).action).toBe("promote");
  });

  it("promotes shares and counts without any event when there are units enough, and not before", () => {
    for (const kind of ["proportion", "count"] as const) {
      const with0 = { metrics: [{ name: "crash", kind, margin: 0.001 }] };
      const [few, many] = [1000, 20_000].map((units) => analysisOf(units, [crashes("treatment", units, 0), crashes("control", units, 0)]));
      expect([kind, decided({ with: with0, ...(few && { analysis: few }) }).action]).toEqual([kind, "wait"]);
      expect([kind, decided({ with: with0, ...(many && { analysis: many }) }).action]).toEqual([kind, "promote"]);
    }
  });

  it("holds, and never promotes, when the arms do not have the sizes they were drawn with", () => {
    const statistics = [values("treatment", 9000, 100, 50), values("control", 9000, 100, 50)];
    const analysis = analysisOf(9000, statistics, [exposed("treatment", 8500), exposed("control", 9000)]);
    const decision = decided({ with: DELAY, analysis });
    expect(decision).toMatchObject({ action: "hold", srm: { verdict: "mismatch" }, reasons: [{ code: "sample-ratio" }] });
    expect(decision.look).toBeUndefined();
  });

  it("does not hold again for what a person accepted by resuming, and does not promote on it either", () => {
    const statistics = [values("treatment", 9000, 100, 50), values("control", 9000, 100, 50)];
    const analysis = analysisOf(9000, statistics, [exposed("treatment", 8500), exposed("control", 9000)]);
    const { experiment, ramp } = runningEntry(experimentWith(DELAY));
    const held = applyDecision({ experiment, ramp }, decided({ experiment, ramp, analysis }));
    expect(held).toMatchObject({ state: "holding", heldFor: ["sample-ratio@1"] });
    const resumed = resumeRamp({ experiment, ramp: held });
    expect(decided({ experiment, ramp: resumed, analysis })).toMatchObject({ action: "wait", reasons: [{ code: "sample-ratio" }] });
    const worse = analysisOf(9000, statistics, [...analysis.exposures, exposed("treatment", 900, 2), exposed("control", 1200, 2)]);
    expect(decided({ experiment, ramp: resumed, analysis: worse })).toMatchObject({ action: "hold", reasons: [{ key: "sample-ratio@2" }] });
  });

  it("sees sizes phase by phase: unequal stages of equal arms are no mismatch", () => {
    const statistics = [values("treatment", 9000, 100, 50), values("control", 9000, 100, 50)];
    const exposures = [
      exposed("treatment", 1000, 1),
      exposed("control", 1010, 1),
      exposed("treatment", 8000, 2),
      exposed("control", 7950, 2),
    ];
    expect(decided({ with: DELAY, analysis: analysisOf(0, statistics, exposures) }).srm.verdict).toBe("as drawn");
  });

  it("holds when more units fall silent in one arm", () => {
    const statistics = [values("treatment", 9000, 100, 50), values("control", 9000, 100, 50)];
    const exposures = [exposed("treatment", 9000, 1, 300), exposed("control", 9000, 1, 180)];
    const decision = decided({ with: DELAY, analysis: analysisOf(0, statistics, exposures) });
    expect(decision).toMatchObject({ action: "hold", missing: { verdict: "differs" }, reasons: [{ code: "missing-telemetry" }] });
  });

  it("holds, not halts, on a signal; and a signal is no guardrail at the gate", () => {
    const metrics = [...DELAY.metrics, { name: "warm", kind: "mean" as const, margin: 0, role: "signal" as const }];
    const good = [values("treatment", 9000, 100, 50), values("control", 9000, 100, 50)];
    const warm = [values("treatment", 9000, 40, 5, 1, "warm"), values("control", 9000, 30, 5, 1, "warm")];
    expect(decided({ with: { metrics }, analysis: analysisOf(9000, [...good, ...warm]) })).toMatchObject({
      action: "hold",
      reasons: [{ code: "signal", metric: "warm" }],
    });
    expect(decided({ with: { metrics }, analysis: analysisOf(9000, good) }).action).toBe("promote");
  });

  it("does not raise in a freeze, but halts in one", () => {
    const blocks = [{ code: "freeze" as const, text: "nothing is raised now: holidays" }];
    const good = analysisOf(9000, [values("treatment", 9000, 100, 50), values("control", 9000, 100, 50)]);
    expect(decided({ with: DELAY, analysis: good, blocks })).toMatchObject({ action: "wait", reasons: blocks });
    const bad = analysisOf(9000, [values("treatment", 9000, 120, 50), values("control", 9000, 100, 50)]);
    expect(decided({ with: DELAY, analysis: bad, blocks }).action).toBe("halt");
  });

  it("halts a metric that should be high when it falls, and not when it rises", () => {
    const metrics = [{ name: "delay", kind: "mean" as const, margin: 1, better: "higher" as const }];
    const [low, high] = [values("treatment", 5000, 90, 20), values("treatment", 5000, 110, 20)];
    const control = values("control", 5000, 100, 20);
    expect(decided({ with: { metrics }, analysis: analysisOf(5000, [low, control]) }).action).toBe("halt");
    expect(decided({ with: { metrics }, analysis: analysisOf(5000, [high, control]) }).action).toBe("promote");
  });

  it("at 100 % says that nothing can be compared any more", () => {
    const { experiment, ramp } = runningEntry();
    const promoted = { ...ramp, state: "promoted" as const, phases: [{ phase: 1, stage: 2, percent: 100, began: AT }] };
    expect(decided({ experiment, ramp: promoted })).toMatchObject({ action: "wait", reasons: [{ code: "no-control" }] });
  });

  it("takes pairs of different flavors apart: they are in no estimate, and are shown by themselves", () => {
    const same = [values("treatment", 3000, 100, 20), values("control", 3000, 100, 20)];
    const mixed = [values("treatment", 3000, 150, 20), values("control", 3000, 100, 20)].map((row) =>
      Object.assign(row, { pair: "mixed" as const }),
    );
    const decision = decided({ with: DELAY, analysis: analysisOf(3000, [...same, ...mixed]) });
    expect(decision.perMetric[0]).toMatchObject({ estimate: 0, verdict: "no worse" });
    expect(decision.mixedPairs?.[0]?.estimate).toBe(50);
  });

  it("counts pairs that are told to be the same and those of which nothing is told together", () => {
    const metrics = [...DELAY.metrics, { name: "crash", kind: "rare" as const, margin: 0.001 }];
    const untold = [crashes("treatment", 300, 14), crashes("control", 300, 1)];
    const values0 = [values("treatment", 300, 200, 20), values("control", 300, 100, 20)];
    const told = [
      crashes("treatment", 700, 0),
      crashes("control", 700, 0),
      values("treatment", 700, 100, 20),
      values("control", 700, 100, 20),
    ].map((row) => Object.assign(row, { pair: "same" as const }));
    const decision = decided({ with: { metrics }, analysis: analysisOf(1000, [...untold, ...values0, ...told]) });
    expect(decision.perMetric).toMatchObject([
      { metric: "delay", units: { treatment: 1000, control: 1000 } },
      { metric: "crash", units: { treatment: 1000, control: 1000 }, verdict: "harmed", ratio: 14 },
    ]);
    expect(decision.perMetric[0]?.estimate).toBeCloseTo(30, 9);
    expect(decision.action).toBe("halt");
  });

  it("holds when the values of a metric are such that harm could not be seen", () => {
    const rows = [values("treatment", 900, 100, 20), values("control", 900, 100, 20)];
    const huge = rows.map((row) => (row.arm === "treatment" ? Object.assign({}, row, { sum: Infinity, sumSquares: Infinity }) : row));
    const decision = decided({ with: DELAY, analysis: analysisOf(900, huge) });
    expect(decision).toMatchObject({ action: "hold", reasons: [{ code: "values", metric: "delay" }] });
    expect(decision.perMetric[0]).toMatchObject({ broken: true, estimate: null, eValue: 0, verdict: "inconclusive" });
    expect(decisionSchema.parse(JSON.parse(JSON.stringify(decision)))).toEqual(decision);
  });

  it("does not look at a gate twice with the same units, and remembers what has passed", () => {
    const metrics = [...DELAY.metrics, { name: "crash", kind: "rare" as const, margin: 0.0005 }];
    const rows = [
      values("treatment", 9000, 100, 50),
      values("control", 9000, 100, 50),
      crashes("treatment", 9000, 30),
      crashes("control", 9000, 30),
    ];
    const first = decided({ with: { metrics }, analysis: analysisOf(9000, rows) });
    expect(first).toMatchObject({ action: "wait", look: { passed: ["delay"], fractions: { delay: 1, crash: 1 } } });
    const again = decided({ with: { metrics }, analysis: analysisOf(9000, rows), looks: first.look === undefined ? [] : [first.look] });
    expect(again.look).toBeUndefined();
    expect(again.perMetric.map(({ verdict }) => verdict)).toEqual(["no worse", "inconclusive"]);
  });
});

describe("the budget of false halts", () => {
  it("is one for the fleet, over use case and metric, by weight; what is written down stays", () => {
    const two = { metrics: ["a", "b"].map((name) => ({ name, kind: "rare" as const, margin: 0.1 })) };
    const plain = [experimentWith({ id: "one", useCase: "one", ...two }), experimentWith({ id: "two", useCase: "two", ...two })];
    expect([...campaignBudgets(plain).values()].map(({ share, tests }) => [share, tests])).toEqual([
      [0.5, 4],
      [0.5, 4],
    ]);
    const fixed = [
      experimentWith({ id: "one", useCase: "one", ...two, budgetShare: 0.8 }),
      experimentWith({ id: "two", useCase: "two", ...two }),
    ];
    expect(campaignBudgets(fixed).get("two")?.share).toBeCloseTo(0.2, 12);
  });

  it("is that of the plan, unless another is told, and a second round leaves the shares of all as they were", () => {
    const one = experimentWith({ id: "one", useCase: "one", budgetShare: 0.5, falseHalts: 0.01 });
    const two = experimentWith({ id: "two", useCase: "two", budgetShare: 0.5, falseHalts: 0.01 });
    const again = experimentWith({ id: "two-r2", useCase: "two", budgetShare: 0.5, falseHalts: 0.01 });
    const shares = [...campaignBudgets([one, two, again]).values()].map(({ alpha, share }) => [alpha, share]);
    expect(shares).toEqual(Array.from({ length: 3 }, () => [0.01, 0.5]));
    expect(campaignBudgets([one, two], 0.1).get("one")?.alpha).toBe(0.1);
    expect(campaignBudgets([experimentWith()]).get("laptop-call-m150")?.alpha).toBe(0.05);
  });

  it("leaves no experiment without a share, though others have all of it, and never adds up to more than one", () => {
    const late = experimentWith({ id: "late", useCase: "late" });
    const budgets = campaignBudgets([
      experimentWith({ id: "one", useCase: "one", budgetShare: 0.5 }),
      experimentWith({ id: "two", useCase: "two", budgetShare: 0.5 }),
      late,
    ]);
    expect(budgets.get("late")?.share).toBeCloseTo(0.25, 12);
    expect([...budgets.values()].reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  });
});
