/** Owns experiments for tests. */
import { type ExperimentInput, type Experiment, experimentSchema } from "../../src/model/experiment.js";
import { type RampEntry, newRamp } from "../../src/experiment/ramp/entry.js";
import { beginPhase, startRamp } from "../../src/experiment/ramp/transitions.js";

/** An experiment on crashes alone, with what a test changes. */
export function experimentWith(change: Partial<ExperimentInput> = {}): Experiment {
  const useCase = change.useCase ?? "laptop-call";
  return experimentSchema.parse({
    id: `${useCase}-m150`,
    project: "webrtc",
    useCase,
    from: { flavor: "legacy", release: "M120" },
    to: { flavor: "latest", release: "M150" },
    salt: "00112233445566778899aabbccddeeff",
    stages: [
      { percent: 1, minExposures: 1000, minHours: 24 },
      { percent: 10, minExposures: 5000, minHours: 24 },
      { percent: 100, minExposures: 0, minHours: 0 },
    ],
    metrics: [{ name: "crash", kind: "rare", margin: 0.002 }],
    ...change,
  });
}

export const AT = "2026-11-30T12:00:00.000Z";

/** A step that a person asked for. */
export const STEP = { at: AT, by: "ada", reason: "a test" } as const;

/** Of the experiment, at its first stage. */
export function runningEntry(experiment: Experiment = experimentWith(), began = AT): RampEntry {
  const draft: RampEntry = { experiment, ramp: newRamp(experiment) };
  const pending: RampEntry = { experiment, ramp: startRamp(draft, { ...STEP, at: began }, [draft]) };
  return { experiment, ramp: beginPhase(pending, began) };
}
