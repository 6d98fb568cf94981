/** Owns what a look at an experiment came to. */
import type { Decision } from "../../model/decision.js";
import type { ChangedRamp } from "./change-ramp.js";

/** A decision and what it changed. */
export interface Looked {
  readonly decision: Decision;
  readonly changed: ChangedRamp;
}

/** Looks at some experiments, or at all; what runs is decided on, and of what was stopped it is seen whether the fleet has stopped, too. */
export type LookAt = (only?: readonly string[]) => Promise<readonly Looked[]>;
