/** Owns what a decision's reasons are made from. */
import type { Decision, MetricDecision } from "../../model/decision.js";
import type { Stage } from "../../model/experiment.js";
import type { Phase } from "../../model/ramp.js";
import type { DecideRequest } from "./decide.js";

export interface Seen {
  readonly request: DecideRequest;
  readonly phase: Phase | undefined;
  readonly stage: Stage | undefined;
  readonly units: number;
  readonly due: boolean;
  readonly perMetric: readonly MetricDecision[];
  readonly srm: Decision["srm"];
  readonly missing: Decision["missing"];
}

/** A clock that was put back gives a negative time: nothing is due then. */
export function hoursSince(began: string, at: string): number {
  return (Date.parse(at) - Date.parse(began)) / 3_600_000;
}
