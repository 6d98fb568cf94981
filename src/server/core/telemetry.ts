/** Owns what the server asks of telemetry; the store gives it, a simulator another. */
import type { Analysis } from "../../model/arm-statistics.js";
import type { Experiment } from "../../model/experiment.js";
import type { ExposureCounts, ExposureSpan } from "../../store/telemetry/analysis/count-exposures.js";

export interface Telemetry {
  /** What was counted for each experiment, in the order asked for, of all that was accepted until now. */
  analyse(experiments: readonly Experiment[], nowMs: number): Promise<readonly Analysis[]>;
  /** How often the arms were used in each span, in the order asked for. */
  exposures(spans: readonly ExposureSpan[]): Promise<readonly ExposureCounts[]>;
}
