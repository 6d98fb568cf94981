/** Owns what a comparison of a release with itself amounts to: how much each metric scatters, and what was called different and is not. */
import type { Calibration } from "../../model/calibration.js";
import type { UseCaseMeasurement } from "../../model/use-case.js";
import type { UseCaseComparison } from "../run-use-cases.js";

export interface Circumstances {
  readonly when: string;
  /** Digest of the program. */
  readonly program: string;
  readonly jobs: number;
}

/** One entry per use case of which a metric scattered. */
export function calibrationOf({ noise, measurements }: UseCaseComparison, circumstances: Circumstances): Calibration["useCases"] {
  return noise
    .filter(({ metrics }) => metrics.length > 0)
    .map((each) => Object.assign({ falseChanges: falseChangesIn(measurements, each.useCase) }, each, circumstances));
}

function falseChangesIn(measurements: readonly UseCaseMeasurement[], id: string): number {
  const metrics = measurements.find((each) => each.id === id)?.metrics ?? [];
  return metrics.filter(({ verdict }) => verdict === "worse" || verdict === "better").length;
}
