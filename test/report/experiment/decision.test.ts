import { describe, expect, it } from "vitest";

import type { Budget } from "../../../src/experiment/decide/budget.js";
import { decide } from "../../../src/experiment/decide/decide.js";
import { planExperiments } from "../../../src/experiment/plan/plan-experiments.js";
import { experimentsConfigSchema } from "../../../src/model/experiment-plan.js";
import { decisionText } from "../../../src/report/experiment/decision.js";
import { planText } from "../../../src/report/experiment/plan.js";
import { experimentText } from "../../../src/report/experiment/show.js";
import { visibleWidth } from "../../../src/support/table.js";
import { analysisOf, crashes, values } from "../../helpers/arms.js";
import { experimentWith, runningEntry } from "../../helpers/experiments.js";

const BUDGET: Budget = { method: "split", alpha: 0.05, share: 1 / 54, tests: 270 };
const METRICS = [
  { name: "crash", kind: "rare" as const, margin: 0.002 },
  { name: "delay", kind: "mean" as const, margin: 5, role: "primary" as const },
];

function decided(events: number) {
  const { experiment, ramp } = runningEntry(experimentWith({ metrics: METRICS }));
  const rows = [
    crashes("treatment", 4000, events),
    crashes("control", 4000, 11),
    values("treatment", 4000, 101, 50),
    values("control", 4000, 100, 50),
  ];
  return decide({ experiment, ramp, analysis: analysisOf(4000, rows), looks: [], budget: BUDGET, at: "2026-12-02T12:00:00.000Z" });
}

describe("a decision as text", () => {
  it("says what and why first, then each metric, then what it rests on", () => {
    const text = decisionText(decided(60), { color: false, width: 120 });
    expect(text.split("\n").slice(0, 2)).toEqual([
      "laptop-call-m150 · phase 1, 1 % · 2026-12-02 12:00 UTC",
      expect.stringMatching(/^ {2}■ halt: crash is proven worse: 60 of 4,000 units against 11 of 4,000, e-value/),
    ]);
    expect(text).toMatch(/crash +▼ harmed +1\.5 % +0\.275 % +×5\.45 \(/);
    expect(text).toMatch(/delay \(primary\) +(✔ no worse|≈ inconclusive) +101 +100 +\+1 \(/);
    expect(text).toContain("arms: 4,000 new, 4,000 old, as drawn");
    expect(text).toContain("budget of false halts: 0.05 over 270 tests");
  });

  it("says what is needed where it is inconclusive", () => {
    const text = decisionText(decided(14), { color: false, width: 120 });
    expect(text).toMatch(/… wait: crash is inconclusive: needs about [\d,]+ units per arm/);
  });

  it("keeps within 80 and 120 columns", () => {
    const config = experimentsConfigSchema.parse({
      metrics: { crash: { kind: "rare", margin: 0.001, expects: { rate: 0.003 } } },
      templates: [{ metrics: ["crash"], unitsPerDay: 1000, fleet: 20_000 }],
    });
    const useCases = ["a-very-long-name-of-a-use-case-that-goes-on", "short"];
    const plan = planExperiments({
      project: "webrtc",
      useCases,
      config,
      from: "M120",
      to: "M150",
      aa: false,
      newSalt: () => "0".repeat(32),
    });
    const { experiment, ramp } = runningEntry(experimentWith({ metrics: METRICS }));
    for (const width of [80, 120]) {
      const options = { color: false, width };
      const shown = experimentText({ experiment, ramp, decision: decided(14), attributions: [] }, options);
      for (const text of [decisionText(decided(60), options), planText(plan, options), shown])
        expect(Math.max(...text.split("\n").map(visibleWidth))).toBeLessThanOrEqual(width);
    }
  });
});
