/** Holds what a run in shadow says about its gates. */
import { describe, expect, it } from "vitest";

import type { MetricResult, UseCaseResult } from "../../src/model/use-case.js";
import { heldAgainst } from "../../src/usecases/shadow/gates.js";

const level: MetricResult = {
  id: "level",
  name: "level",
  unit: "dB",
  direction: "higher",
  margin: 1,
  relative: false,
  legacy: 13.768999999999998,
  latest: 11,
  verdict: "worse",
};

function resultOf(metrics: MetricResult[]): UseCaseResult {
  const words = { id: "call", name: "A call", owner: "calls", purpose: "Talk.", detail: "" };
  return { ...words, verdict: "no worse", stack: [], metrics, compared: [], outputs: [], commands: [] };
}

describe("a gate that did not hold", () => {
  it("names flavor, file and place where one flavor disturbs the other in one process", () => {
    const differences = [{ flavor: "latest", file: "out.txt", firstByte: 12 }] as const;
    expect(heldAgainst(resultOf([]), undefined, { status: "differs", id: "call", differences }).reasons).toEqual([
      "with both flavors in one process the output is not what each writes alone: latest's out.txt from byte 12",
    ]);
  });

  it("tells the end of a crash with both in one process", () => {
    const both = { status: "crashed", id: "call", how: "signal SIGSEGV" } as const;
    expect(heldAgainst(resultOf([]), undefined, both)).toMatchObject({
      verdict: "worse",
      reasons: [expect.stringContaining("signal SIGSEGV")],
    });
  });

  it("shows no digits that a computation left behind", () => {
    expect(heldAgainst(resultOf([level]), undefined, undefined).reasons).toEqual(["level is worse: 13.769 → 11 dB"]);
  });
});
