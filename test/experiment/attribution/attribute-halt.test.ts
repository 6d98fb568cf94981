import { describe, expect, it } from "vitest";

import { attributeHalt, bisectFor } from "../../../src/experiment/attribution/attribute-halt.js";
import { decide } from "../../../src/experiment/decide/decide.js";
import { haltAttributionSchema } from "../../../src/model/halt-attribution.js";
import { attributionLines } from "../../../src/report/experiment/attribution.js";
import { analysisOf, crashes } from "../../helpers/arms.js";
import { AT, experimentWith, runningEntry } from "../../helpers/experiments.js";

const BETWEEN = {
  range: {
    repository: "https://example.org/upstream.git",
    from: { release: "M120", commit: "a".repeat(40) },
    to: { release: "M150", commit: "b".repeat(40) },
    commits: 4211,
  },
  features: [{ feature: "agc", differs: "conflicts settled in its port" as const }],
  unknown: [],
};

function halted(change: Parameters<typeof experimentWith>[0] = {}) {
  const { experiment, ramp } = runningEntry(experimentWith(change));
  const analysis = analysisOf(900, [crashes("treatment", 900, 14), crashes("control", 900, 1)]);
  const budget = { method: "split" as const, alpha: 0.05, share: 1, tests: 1 };
  return { experiment, decision: decide({ experiment, ramp, analysis, looks: [], at: AT, budget }) };
}

describe("the attribution of a halt", () => {
  it("has upstream's commits and the features between the flavors as the plan found them, and the command that narrows them", () => {
    const { experiment, decision } = halted({ between: BETWEEN });
    const attribution = attributeHalt(experiment, decision);
    expect(haltAttributionSchema.parse(attribution)).toMatchObject({ metrics: ["crash"], between: BETWEEN });
    const lines = attributionLines([attribution], { paint: (_tone, text) => text, width: 120 });
    expect(lines).toEqual([
      "What may lie behind the halt",
      "  M120 → M150 (crash): 4,211 commits of https://example.org/upstream.git, aaaaaaaaaaaa..bbbbbbbbbbbb",
      "  features that differ: agc (conflicts settled in its port)",
      "  to narrow it: unfork usecase bisect laptop-call crash",
    ]);
  });

  it("says so where the experiment was not planned in its project", () => {
    const { experiment, decision } = halted();
    expect(attributeHalt(experiment, decision).between.unknown[0]).toContain("was not planned in its project");
  });

  it("asks a lab by the name that its own runs have for the metric, and nothing where no metric was harmed", () => {
    const { experiment, decision } = halted({ metrics: [{ name: "crash", kind: "rare", margin: 0.001, lab: "run.signal" }] });
    expect(bisectFor(experiment, decision)).toEqual({ useCase: "laptop-call", metric: "run.signal" });
    expect(bisectFor(experiment, { ...decision, perMetric: [] })).toBeUndefined();
    expect(bisectFor({ ...experiment, aa: true }, decision)).toBeUndefined();
  });
});
