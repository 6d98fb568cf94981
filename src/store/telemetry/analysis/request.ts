/** Owns what an analysis is asked and what it gives. */
import type { Analysis } from "../../../model/arm-statistics.js";
import type { Arm } from "../../../model/experiment.js";
import type { AnalysedExperiment } from "../sql/metric-list.js";

export interface AnalysisRequest {
  readonly experiments: readonly AnalysedExperiment[];
  /** ms since 1970. */
  readonly now: number;
  /** A unit may be silent so long before it counts as such; default one day. */
  readonly graceMs?: number;
}

export const USUAL_GRACE_MS = 86_400_000;

/** Units of one arm and phase that were first exposed on one day, UTC. */
export interface ExposureDay {
  readonly experiment: string;
  readonly phase: number;
  readonly arm: Arm;
  readonly pair?: "same" | "mixed";
  readonly day: string;
  readonly units: number;
}

/** Units that were seen in both arms, by that of their first exposure. */
export interface SwitchedUnits {
  readonly experiment: string;
  readonly phase: number;
  readonly arm: Arm;
  readonly units: number;
}

export interface TelemetryAnalysis {
  /** One per experiment that was asked for, in that order. */
  readonly analyses: readonly Analysis[];
  readonly exposureDays: readonly ExposureDay[];
  readonly switched: readonly SwitchedUnits[];
}
