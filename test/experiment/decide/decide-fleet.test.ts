import { describe, expect, it } from "vitest";

import type { Budget } from "../../../src/experiment/decide/budget.js";
import type { DecideRequest } from "../../../src/experiment/decide/decide.js";
import { decideFleet } from "../../../src/experiment/decide/decide-fleet.js";
import { analysisOf, crashes } from "../../helpers/arms.js";
import { AT, experimentWith, runningEntry } from "../../helpers/experiments.js";

const TESTS = 20;

function request(method: Budget["method"], events: number): DecideRequest {
  const { experiment, ramp } = runningEntry(experimentWith());
  const analysis = analysisOf(900, [crashes("treatment", 900, events), crashes("control", 900, 1)]);
  return { experiment, ramp, analysis, looks: [], at: AT, budget: { method, alpha: 0.05, share: 1 / TESTS, tests: TESTS } };
}

describe("a campaign under e-BH", () => {
  it("halts what it would halt alone under the split budget", () => {
    for (const method of ["split", "e-bh"] as const)
      expect(decideFleet([request(method, 30), request(method, 2)]).map(({ action }) => action)).toEqual(["halt", "wait"]);
  });

  it("finds more where many use cases are harmed at once, and no more than that where none is", () => {
    const weak = 17;
    expect(decideFleet([request("split", weak)])[0]?.action).toBe("wait");
    expect(decideFleet([request("e-bh", weak)])[0]?.action).toBe("wait");
    const many = Array.from({ length: 10 }, () => request("e-bh", weak));
    expect(decideFleet(many).every(({ action }) => action === "halt")).toBe(true);
  });
});
