/** Holds what a comparison of use cases says at the terminal. */
import { describe, expect, it } from "vitest";

import type { MetricResult, UseCaseResult } from "../../src/model/use-case.js";
import { useCaseComparisonText } from "../../src/report/use-case-comparison.js";

const cpu: MetricResult = {
  id: "run.cpuMs",
  name: "processor time",
  unit: "ms",
  direction: "lower",
  margin: 10,
  relative: true,
  legacy: 10,
  latest: 13,
  verdict: "worse",
};

function textOf(result: Partial<UseCaseResult>, metrics: MetricResult[], verdict: UseCaseResult["verdict"], width = 100): string {
  const whole: UseCaseResult = {
    id: "call",
    name: "A call",
    owner: "calls",
    purpose: "Talk.",
    verdict: "no worse",
    detail: "",
    stack: [],
    metrics: [],
    compared: [],
    outputs: [],
    commands: [],
    ...result,
  };
  const view = { results: [whole], measurements: [{ id: "call", repeats: 4, metrics, verdict }], profiles: [], arms: "legacy with latest" };
  return useCaseComparisonText(view, { color: false, width });
}

describe("a comparison at the terminal", () => {
  it("counts what is worse by the day's measurements beside the steady verdicts, as the exit code goes by both", () => {
    const [, steady, measured] = textOf({}, [cpu], "worse").split("\n");
    expect(steady).toBe("  ✔ 1 no worse");
    expect(measured).toBe("  with what depends on the machine's day*: ▼ 1 worse");
  });

  it("does not count twice where both say the same", () => {
    expect(textOf({}, [{ ...cpu, latest: 10, verdict: "no worse" }], "no worse")).not.toContain("machine's day*:");
  });

  it("shows the stack of a crash", () => {
    const text = textOf(
      { verdict: "crashed", detail: "latest: signal SIGSEGV", stack: ["lib::Mix mix.cc:12", "main app.cc:3"] },
      [],
      "crashed",
    );
    expect(text).toContain("✖ call: the stack of the crash\n      lib::Mix mix.cc:12\n      main app.cc:3");
  });

  it("says what each glyph means where a narrow terminal leaves out the words", () => {
    expect(textOf({}, [{ ...cpu, verdict: "inconclusive" }], "inconclusive", 80)).toContain("≈ inconclusive");
  });
});
