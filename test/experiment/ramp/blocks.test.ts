import { describe, expect, it } from "vitest";

import { dependents, raiseBlocks } from "../../../src/experiment/ramp/blocks.js";
import type { RampEntry } from "../../../src/experiment/ramp/entry.js";
import { freezeAt } from "../../../src/experiment/ramp/freeze.js";
import { AT, experimentWith, runningEntry } from "../../helpers/experiments.js";

describe("freezes", () => {
  it("hold from their beginning up to their end, or on days of the week in UTC", () => {
    const window = { from: "2026-12-20T00:00:00Z", until: "2027-01-03T00:00:00Z", reason: "holidays" };
    expect(freezeAt([window], "2026-12-20T00:00:00.000Z")).toBe(window);
    expect(freezeAt([window], "2027-01-03T00:00:00.000Z")).toBeUndefined();
    const fridays = { weekdays: ["fri" as const], reason: "weekend" };
    expect(freezeAt([fridays], "2026-12-04T23:59:59.999Z")).toBe(fridays);
    expect(freezeAt([fridays], "2026-12-05T00:00:00.000Z")).toBeUndefined();
  });
});

describe("dependencies between use cases", () => {
  const audio = runningEntry(experimentWith({ useCase: "audio" }));
  const call = runningEntry(experimentWith({ useCase: "call", dependsOn: ["audio"] }));
  const group = runningEntry(experimentWith({ useCase: "group", dependsOn: ["call"] }));
  const alone = runningEntry(experimentWith({ useCase: "alone" }));
  const entries = [audio, call, group, alone];

  it("keep a use case from being raised before the other is promoted to the same release", () => {
    expect(raiseBlocks(call.experiment, entries, AT)).toEqual([
      { code: "dependency", text: "waits for the use case audio, which is not promoted yet" },
    ]);
    const promoted: RampEntry = { experiment: audio.experiment, ramp: { ...audio.ramp, state: "promoted" } };
    expect(raiseBlocks(call.experiment, [promoted, call], AT)).toEqual([]);
    const older: RampEntry = {
      experiment: { ...audio.experiment, to: { flavor: "latest", release: "M130" } },
      ramp: { ...audio.ramp, state: "promoted" },
    };
    expect(raiseBlocks(call.experiment, [older, call], AT)).toHaveLength(1);
  });

  it("stop all that stand on what is stopped, over several steps, and nothing else; circles end", () => {
    expect(dependents(audio.experiment, entries).map(({ experiment }) => experiment.useCase)).toEqual(["call", "group"]);
    expect(dependents(group.experiment, entries)).toEqual([]);
    const [first, second] = [
      runningEntry(experimentWith({ useCase: "a", dependsOn: ["b"] })),
      runningEntry(experimentWith({ useCase: "b", dependsOn: ["a"] })),
    ];
    expect(dependents(first.experiment, [first, second]).map(({ experiment }) => experiment.useCase)).toEqual(["b"]);
  });
});
