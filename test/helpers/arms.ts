/** Owns rows of statistics for tests. */
import type { Analysis, ArmExposure, ArmStatistics } from "../../src/model/arm-statistics.js";
import type { Arm } from "../../src/model/experiment.js";
import { AT } from "./experiments.js";

const EXPERIMENT = "laptop-call-m150";

export function exposed(arm: Arm, units: number, phase = 1, silent = 0): ArmExposure {
  return { experiment: EXPERIMENT, phase, arm, units, silent };
}

/** Units with an event. */
export function crashes(arm: Arm, units: number, events: number, phase = 1, metric = "crash"): ArmStatistics {
  return { experiment: EXPERIMENT, phase, arm, metric, units, sum: events, sumSquares: events, events };
}

/** Units of this mean and standard deviation. */
export function values(arm: Arm, units: number, mean: number, deviation: number, phase = 1, metric = "delay"): ArmStatistics {
  const sumSquares = units * mean ** 2 + (units - 1) * deviation ** 2;
  return { experiment: EXPERIMENT, phase, arm, metric, units, sum: units * mean, sumSquares };
}

/** The rows of an analysis of equal arms of so many units, with whatever statistics. */
export function analysisOf(units: number, statistics: readonly ArmStatistics[], exposures?: readonly ArmExposure[]): Analysis {
  return {
    experiment: EXPERIMENT,
    at: AT,
    statistics: [...statistics],
    exposures: [...(exposures ?? [exposed("treatment", units), exposed("control", units)])],
  };
}
