import { describe, expect, it } from "vitest";

import { type RampEntry, isWithdrawn, newRamp } from "../../../src/experiment/ramp/entry.js";
import {
  applyDecision,
  beginPhase,
  finishRamp,
  haltWith,
  holdRamp,
  promoteRamp,
  resumeRamp,
  rollBackRamp,
  startRamp,
} from "../../../src/experiment/ramp/transitions.js";
import type { Decision } from "../../../src/model/decision.js";
import type { Ramp } from "../../../src/model/ramp.js";
import { AT, STEP, experimentWith, runningEntry } from "../../helpers/experiments.js";

function decision(action: Decision["action"], text = "a reason"): Decision {
  return { action, at: AT, reasons: [{ code: "harm", text }] } as unknown as Decision;
}

function next(entry: RampEntry, step: (entry: RampEntry) => Ramp): RampEntry {
  return { experiment: entry.experiment, ramp: step(entry) };
}

describe("the ramp of an experiment", () => {
  const experiment = experimentWith();

  it("starts only when a signer has signed: until then it is a draft that waits", () => {
    const draft: RampEntry = { experiment, ramp: newRamp(experiment) };
    const waiting = next(draft, (entry) => startRamp(entry, STEP, [entry]));
    expect(waiting.ramp).toMatchObject({ state: "draft", pending: { stage: 0, by: "ada" }, phases: [] });
    const running = next(waiting, (entry) => beginPhase(entry, AT));
    expect(running.ramp).toMatchObject({ state: "running", phases: [{ phase: 1, stage: 0, percent: 1, began: AT }] });
    expect(running.ramp.pending).toBeUndefined();
  });

  it("goes from stage to stage by decisions and signatures, each stage a phase of its own, and is promoted at 100 %", () => {
    let entry = runningEntry();
    for (const stage of [1, 2]) {
      entry = next(entry, (one) => applyDecision(one, decision("promote")));
      expect(entry.ramp).toMatchObject({ state: "running", pending: { stage, by: "unfork", override: false } });
      entry = next(entry, (one) => beginPhase(one, AT));
    }
    expect(entry.ramp.state).toBe("promoted");
    expect(entry.ramp.phases.map(({ phase, percent, ended }) => [phase, percent, ended])).toEqual([
      [1, 1, AT],
      [2, 10, AT],
      [3, 100, undefined],
    ]);
    expect(next(entry, (one) => finishRamp(one, STEP)).ramp.state).toBe("done");
  });

  it("asks once for a raise, however often the gate is passed", () => {
    const once = next(runningEntry(), (entry) => applyDecision(entry, decision("promote")));
    expect(applyDecision(once, decision("promote"))).toBe(once.ramp);
  });

  it("is halted by a decision while running, held or promoted, and takes back what waits for a signature", () => {
    const pending = next(runningEntry(), (entry) => applyDecision(entry, decision("promote")));
    const halted = next(pending, (entry) => applyDecision(entry, decision("halt", "crashes doubled")));
    expect(halted.ramp).toMatchObject({ state: "halted", stopped: { by: "unfork", reason: "crashes doubled" }, phases: [{ ended: AT }] });
    expect(halted.ramp.pending).toBeUndefined();
    const held = next(runningEntry(), (entry) => holdRamp(entry, STEP));
    expect(applyDecision(held, decision("halt")).state).toBe("halted");
  });

  it("stays held until a person resumes it, whatever the gate says", () => {
    const held = next(runningEntry(), (entry) => applyDecision(entry, decision("hold")));
    expect(held.ramp.state).toBe("holding");
    expect(applyDecision(held, decision("promote"))).toBe(held.ramp);
    expect(next(held, resumeRamp).ramp).toMatchObject({ state: "running" });
    expect(next(held, resumeRamp).ramp.stopped).toBeUndefined();
  });

  it("keeps a person's raise apart from one by the gate", () => {
    const decided = next(runningEntry(), (entry) => applyDecision(entry, decision("promote")));
    expect(() => promoteRamp(decided, STEP)).toThrow(/waits for a signature already/);
    const raised = next(runningEntry(), (entry) => promoteRamp(entry, STEP));
    expect(raised.ramp.pending).toMatchObject({ stage: 1, by: "ada", reason: "a test", override: true });
  });

  it("does not go on after a halt or a rollback: that takes a new experiment, whose arms are drawn anew", () => {
    for (const stopped of [
      next(runningEntry(), (entry) => rollBackRamp(entry, STEP)),
      next(runningEntry(), (entry) => applyDecision(entry, decision("halt"))),
    ]) {
      expect(() => resumeRamp(stopped)).toThrow(/cannot be resumed: it is (rolled-back|halted)/);
      expect(() => promoteRamp(stopped, STEP)).toThrow("cannot be promoted");
      expect(() => startRamp(stopped, STEP, [stopped])).toThrow("cannot be started");
      expect(() => rollBackRamp(stopped, STEP)).toThrow("cannot be rolled back");
    }
  });

  it("refuses a second start, and a start beside another experiment on the same use case", () => {
    const running = runningEntry();
    const other = experimentWith({ id: "laptop-call-again" });
    const draft: RampEntry = { experiment: other, ramp: newRamp(other) };
    expect(() => startRamp(draft, STEP, [running, draft])).toThrow("laptop-call-m150 runs on the same use case");
    const waiting = next(draft, (entry) => startRamp(entry, STEP, [draft]));
    expect(() => startRamp(waiting, STEP, [waiting])).toThrow("waiting for its first signed seed");
    expect(rollBackRamp(waiting, STEP)).toEqual(newRamp(other));
  });

  it("takes a draft back for good", () => {
    const draft: RampEntry = { experiment: experimentWith(), ramp: newRamp(experimentWith()) };
    const withdrawn = next(draft, (entry) => rollBackRamp(entry, STEP));
    expect(withdrawn.ramp).toMatchObject({ state: "rolled-back", phases: [], stopped: STEP });
    expect(isWithdrawn(withdrawn)).toBe(true);
    expect(() => startRamp(withdrawn, STEP, [withdrawn])).toThrow("cannot be started");
  });

  it("stops with the use case it depends on", () => {
    expect(haltWith(runningEntry(), "audio", AT)).toMatchObject({
      state: "halted",
      stopped: { reason: "depends on audio, which was stopped" },
    });
  });

  it("is done when an A/A experiment has passed its last gate", () => {
    const aa = experimentWith({
      aa: true,
      to: { flavor: "legacy", release: "M120" },
      stages: [{ percent: 50, minExposures: 100, minHours: 1 }],
    });
    expect(applyDecision(runningEntry(aa), decision("promote")).state).toBe("done");
  });
});
