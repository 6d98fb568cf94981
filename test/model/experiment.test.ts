import { describe, expect, it } from "vitest";

import { DEFAULT_STAGES, experimentSchema, metricSchema } from "../../src/model/experiment.js";

const BASE = {
  id: "laptop-call-m150",
  project: "webrtc",
  useCase: "laptop-call",
  from: { flavor: "legacy", release: "M120" },
  to: { flavor: "latest", release: "M150" },
  salt: "00112233445566778899aabbccddeeff",
  stages: DEFAULT_STAGES,
  metrics: [{ name: "crash", kind: "rare", margin: 0.001 }],
} as const;

function problems(change: object): string[] {
  const read = experimentSchema.safeParse({ ...BASE, ...change });
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("an experiment", () => {
  it("is read with its defaults", () => {
    expect(experimentSchema.parse(BASE)).toMatchObject({ unit: "device", state: "draft", aa: false, dependsOn: [], freeze: [] });
  });

  it("has stages that rise, and none between 50 % and 100 %, where no control of equal size fits", () => {
    const stage = { minExposures: 0, minHours: 0 };
    expect(
      problems({
        stages: [
          { percent: 5, ...stage },
          { percent: 1, ...stage },
        ],
      }),
    ).toEqual(["stages.1.percent: must be above the stage before"]);
    expect(problems({ stages: [{ percent: 75, ...stage }] })[0]).toContain("at most 50");
  });

  it("asks for the margin itself at the last gate", () => {
    expect(problems({ stages: [{ percent: 50, minExposures: 0, minHours: 0, marginFactor: 2 }] })[0]).toContain("must be 1 from 50 % on");
  });

  it("refuses an A/A experiment of two flavors, or without a control", () => {
    expect(problems({ aa: true })).toHaveLength(2);
  });

  it("refuses a metric listed twice, and what its kind does not have", () => {
    expect(problems({ metrics: [BASE.metrics[0], BASE.metrics[0]] })[0]).toContain("lists 'crash' twice");
    expect(metricSchema.safeParse({ name: "join", kind: "quantile", margin: 1 }).success).toBe(false);
    expect(metricSchema.safeParse({ name: "join", kind: "mean", margin: 1, haltRatio: 2 }).success).toBe(false);
    expect(metricSchema.safeParse({ name: "join", kind: "quantile", q: 0.95, margin: 1 }).success).toBe(true);
  });
});
