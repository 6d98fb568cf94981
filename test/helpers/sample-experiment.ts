/** Owns a planned experiment for tests: a mean, a rare event, stages without waiting times. */
import type { ExperimentInput } from "../../src/model/experiment.js";

export function sampleExperiment(useCase: string, more: Partial<ExperimentInput> = {}): ExperimentInput {
  return {
    id: `${useCase}-m150`,
    project: "webrtc",
    useCase,
    from: { flavor: "legacy", release: "m120" },
    to: { flavor: "latest", release: "m150" },
    unit: "device",
    salt: "00112233445566778899aabbccddeeff",
    stages: [
      { percent: 1, minExposures: 10, minHours: 0 },
      { percent: 50, minExposures: 10, minHours: 0 },
      { percent: 100, minExposures: 0, minHours: 0 },
    ],
    metrics: [
      { name: "crash", kind: "rare", margin: 0.001, role: "guardrail" },
      { name: "join-time", kind: "mean", margin: 5, role: "primary" },
    ],
    ...more,
  };
}
