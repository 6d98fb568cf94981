/** Owns an experiment together with its ramp, and what its state means. */
import type { Experiment, RampState, Stage } from "../../model/experiment.js";
import type { Phase, Ramp } from "../../model/ramp.js";
import { UnforkError } from "../../support/errors.js";

export interface RampEntry {
  readonly experiment: Experiment;
  readonly ramp: Ramp;
}

/** The ramp of an experiment that was planned and not begun. */
export function newRamp(experiment: Experiment): Ramp {
  return { experiment: experiment.id, state: "draft", phases: [] };
}

/** Some units are in its treatment, or will be with the next signed seed. */
export function isActive({ ramp }: RampEntry): boolean {
  return ramp.pending !== undefined || ACTIVE.has(ramp.state);
}

const ACTIVE: ReadonlySet<RampState> = new Set(["running", "holding", "promoted"]);

/** Everybody is back on the flavor it came from. */
export function isStopped({ ramp }: RampEntry): boolean {
  return ramp.state === "halted" || ramp.state === "rolled-back";
}

/** Stopped after units had its treatment, and nothing has shown yet that they went back. */
export function isUnconfirmed(entry: RampEntry): boolean {
  return isStopped(entry) && entry.ramp.phases.length > 0 && entry.ramp.confirmed === undefined;
}

/** A draft that was taken back: nobody ever was in it. */
export function isWithdrawn(entry: RampEntry): boolean {
  return isStopped(entry) && entry.ramp.phases.length === 0;
}

/** The phase that runs; undefined before the first. */
export function phaseNow(ramp: Ramp): Phase | undefined {
  return ramp.phases.at(-1);
}

/** The stage it stands at; undefined before the first. */
export function stageNow({ experiment, ramp }: RampEntry): Stage | undefined {
  const phase = phaseNow(ramp);
  return phase === undefined ? undefined : experiment.stages[phase.stage];
}

/** The entry of this name. @throws UnforkError input-missing */
export function entryOf(entries: readonly RampEntry[], id: string): RampEntry {
  const found = entries.find(({ experiment }) => experiment.id === id);
  if (found === undefined) throw new UnforkError("input-missing", `there is no experiment '${id}'`, { hint: "unfork experiment list" });
  return found;
}
