import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { type BaseFrame, nextBase, raisesNow } from "../../../src/experiment/ramp/base-payload.js";
import { checkBase } from "../../../src/experiment/ramp/check-base.js";
import { type RampEntry, newRamp } from "../../../src/experiment/ramp/entry.js";
import { capsOf, nextHalt } from "../../../src/experiment/ramp/halt-payload.js";
import { armsAt } from "../../../src/experiment/ramp/ranges.js";
import { beginPhase, holdRamp, promoteRamp, resumeRamp, rollBackRamp, startRamp } from "../../../src/experiment/ramp/transitions.js";
import type { Ramp } from "../../../src/model/ramp.js";
import { type BasePayload, basePayloadSchema, haltPayloadSchema } from "../../../src/model/seed.js";
import { AT, STEP, experimentWith, runningEntry } from "../../helpers/experiments.js";

const FRAME: BaseFrame = {
  project: "webrtc",
  version: 7,
  issued: AT,
  expires: "2026-12-30T12:00:00.000Z",
  flavors: { legacy: { release: "M120" }, latest: { release: "M150" } },
  keys: [],
  revoked: [],
};

const ENDS = { from: { flavor: "legacy", release: "M120" }, to: { flavor: "latest", release: "M150" } } as const;

/** Buckets of the treatment in a base. */
function treated(base: BasePayload): number {
  return Object.values(base.useCases)
    .flatMap(({ arms }) => arms)
    .reduce((sum, { arm, from, to }) => sum + (arm === "treatment" ? to - from : 0), 0);
}

describe("arms of a stage", () => {
  it("are of equal size, and one in the middle of the other's room", () => {
    expect(armsAt(ENDS, 5)).toEqual([
      { arm: "treatment", flavor: "latest", from: 0, to: 50_000 },
      { arm: "control", flavor: "legacy", from: 500_000, to: 550_000 },
    ]);
    expect(armsAt(ENDS, 0.1).map(({ from, to }) => to - from)).toEqual([1000, 1000]);
  });

  it("leave no control at 100 %", () => {
    expect(armsAt(ENDS, 100)).toEqual([{ arm: "treatment", flavor: "latest", from: 0, to: 1_000_000 }]);
  });

  it("keep every unit in its arm when the stage rises, up to 50 %", () => {
    const stages = fc.tuple(fc.double({ min: 0.01, max: 50, noNaN: true }), fc.double({ min: 0.01, max: 50, noNaN: true }));
    fc.assert(
      fc.property(stages, ([a, b]) => {
        const [low, high] = [armsAt(ENDS, Math.min(a, b)), armsAt(ENDS, Math.max(a, b))];
        low.forEach((range, index) => {
          expect(high[index]?.from).toBe(range.from);
          expect(high[index]?.to).toBeGreaterThanOrEqual(range.to);
        });
      }),
      { seed: 1 },
    );
  });
});

describe("the next base seed", () => {
  it("has what runs, and the raises that wait for a signature", () => {
    const running = runningEntry();
    const waiting: RampEntry = { experiment: running.experiment, ramp: promoteRamp(running, STEP) };
    const base = basePayloadSchema.parse(nextBase(FRAME, [waiting], AT));
    expect(base.useCases["laptop-call"]).toMatchObject({ experiment: "laptop-call-m150", phase: 2, default: "legacy" });
    expect(treated(base)).toBe(100_000);
    expect(treated(nextBase(FRAME, [running], AT))).toBe(10_000);
    expect(raisesNow([waiting], AT)).toEqual([
      {
        experiment: "laptop-call-m150",
        useCase: "laptop-call",
        stage: 1,
        from: 1,
        to: 10,
        by: "ada",
        reason: "a test",
        override: true,
      },
    ]);
  });

  it("leaves drafts out, and raises that are frozen or whose dependency is not promoted", () => {
    const draft = experimentWith();
    expect(nextBase(FRAME, [{ experiment: draft, ramp: newRamp(draft) }], AT).useCases).toEqual({});
    for (const change of [{ dependsOn: ["audio"] }, { freeze: [{ weekdays: ["mon" as const], reason: "on-call is small" }] }]) {
      const running = runningEntry(experimentWith(change));
      const waiting: RampEntry = { experiment: running.experiment, ramp: promoteRamp(running, STEP) };
      expect(treated(nextBase(FRAME, [waiting], AT))).toBe(10_000);
    }
  });

  it("gives everybody the old flavor of what was stopped, and the new one of what is done", () => {
    const running = runningEntry();
    const stopped: RampEntry = { experiment: running.experiment, ramp: rollBackRamp(running, STEP) };
    expect(nextBase(FRAME, [stopped], AT).useCases["laptop-call"]).toMatchObject({ default: "legacy", arms: [] });
    const done: RampEntry = { experiment: running.experiment, ramp: { ...running.ramp, state: "done" } };
    expect(nextBase(FRAME, [done], AT).useCases["laptop-call"]).toMatchObject({ default: "latest", arms: [] });
  });

  it("is refused when somebody signed other arms than the states allow", () => {
    const running = runningEntry();
    const waiting: RampEntry = { experiment: running.experiment, ramp: promoteRamp(running, STEP) };
    const base = nextBase(FRAME, [waiting], AT);
    expect(checkBase(base, [waiting], AT)).toMatchObject({ status: "allowed", raises: [{ to: 10 }] });
    expect(checkBase(base, [running], AT)).toEqual({
      status: "refused",
      differences: ["has other arms for the use case laptop-call than its experiment stands at"],
    });
    expect(checkBase({ ...base, useCases: {} }, [waiting], AT)).toMatchObject({ differences: ["leaves out the use case laptop-call"] });
    expect(checkBase(base, [], AT)).toMatchObject({ differences: ["has the use case laptop-call, which no experiment has"] });
  });
});

describe("the halt beside a base", () => {
  const running = runningEntry();
  const base = nextBase(FRAME, [running], AT);
  const request = { base, baseDigest: "a".repeat(64), version: 8, issued: AT };

  it("takes the whole treatment of what was stopped, with the reason", () => {
    const stopped: RampEntry = { experiment: running.experiment, ramp: rollBackRamp(running, STEP) };
    const halt = haltPayloadSchema.parse(nextHalt({ ...request, entries: [stopped] }));
    expect(halt).toMatchObject({ version: 8, baseVersion: 7, caps: { "laptop-call": { cap: 0, reason: "a test" } } });
  });

  it("is not made again when the one before says all of it", () => {
    const stopped: RampEntry = { experiment: running.experiment, ramp: rollBackRamp(running, STEP) };
    expect(nextHalt({ ...request, entries: [stopped], before: { "laptop-call": { cap: 0 } } })).toBeUndefined();
    expect(nextHalt({ ...request, entries: [running] })).toBeUndefined();
  });
});

describe("whatever people and decisions do in whatever order", () => {
  const step = fc.constantFrom("start", "sign", "promote", "hold", "resume", "rollback");
  const DO: Readonly<Record<string, (entry: RampEntry) => Ramp>> = {
    start: (entry) => startRamp(entry, STEP, [entry]),
    sign: (entry) => beginPhase(entry, AT),
    promote: (entry) => promoteRamp(entry, STEP),
    hold: (entry) => holdRamp(entry, STEP),
    resume: resumeRamp,
    rollback: (entry) => rollBackRamp(entry, STEP),
  };

  it("the treatment grows by a signature only, one stage at a time, and nothing grows after a stop", () => {
    const experiment = experimentWith();
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
        let entry: RampEntry = { experiment, ramp: newRamp(experiment) };
        for (const name of steps) {
          const before = entry;
          try {
            entry = { experiment, ramp: DO[name]?.(entry) ?? entry.ramp };
          } catch {
            continue;
          }
          const [was, is] = [before, entry].map(({ ramp }) => (ramp.state === "rolled-back" ? 0 : (ramp.phases.at(-1)?.percent ?? 0)));
          if (name !== "sign") expect(is).toBeLessThanOrEqual(was ?? 0);
          expect((entry.ramp.phases.at(-1)?.stage ?? -1) - (before.ramp.phases.at(-1)?.stage ?? -1)).toBeLessThanOrEqual(1);
          if (before.ramp.state === "rolled-back") expect(entry.ramp.phases.length).toBe(before.ramp.phases.length);
        }
        const caps = capsOf(nextBase(FRAME, [entry], AT), [entry]);
        expect(Object.values(caps).every(({ cap }) => cap === 0)).toBe(true);
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});
