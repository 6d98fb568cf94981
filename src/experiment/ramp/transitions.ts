/** Owns the ways from one state of a ramp to the next: each takes a ramp and gives the next one, or refuses. */
import type { Decision } from "../../model/decision.js";
import type { RampState } from "../../model/experiment.js";
import type { Ramp, Step } from "../../model/ramp.js";
import { UnforkError } from "../../support/errors.js";
import { type RampEntry, isActive, phaseNow } from "./entry.js";

/** Draft: its first stage waits for a signed seed. @throws UnforkError state-invalid */
export function startRamp(entry: RampEntry, step: Step, entries: readonly RampEntry[]): Ramp {
  expectState(entry, ["draft"], "started");
  const other = entries.find(
    (one) => one !== entry && one.experiment.id !== entry.experiment.id && sameUseCase(one, entry) && isActive(one),
  );
  if (other !== undefined)
    throw new UnforkError("state-invalid", `${entry.experiment.id} cannot be started: ${other.experiment.id} runs on the same use case`, {
      hint: "roll it back, or end it with 'unfork rollout finish' when its flavor is everybody's",
    });
  return { ...entry.ramp, pending: { stage: 0, ...step, override: false } };
}

function sameUseCase(one: RampEntry, other: RampEntry): boolean {
  return one.experiment.useCase === other.experiment.useCase;
}

/** A signed seed with the pending stage was taken in: its phase begins. @throws UnforkError state-invalid */
export function beginPhase(entry: RampEntry, at: string): Ramp {
  const { experiment, ramp } = entry;
  const stage = ramp.pending === undefined ? undefined : experiment.stages[ramp.pending.stage];
  if (ramp.pending === undefined || stage === undefined)
    throw new UnforkError("state-invalid", `${experiment.id} has no stage that waits for a seed`);
  const ended = ramp.phases.map((phase, index) => (index === ramp.phases.length - 1 ? { ...phase, ended: at } : phase));
  const phase = { phase: ramp.phases.length + 1, stage: ramp.pending.stage, percent: stage.percent, began: at };
  return { experiment: ramp.experiment, state: stage.percent >= 100 ? "promoted" : "running", phases: [...ended, phase] };
}

/** What a decision changes; the same ramp where it changes nothing. */
export function applyDecision(entry: RampEntry, decision: Decision): Ramp {
  const { experiment, ramp } = entry;
  const step: Step = { at: decision.at, by: "unfork", reason: decision.reasons.map(({ text }) => text).join("; ") || decision.action };
  if (decision.action === "halt" && isActive(entry)) return stop(ramp, "halted", step);
  if (ramp.state !== "running") return ramp;
  if (decision.action === "hold") return { ...stop(ramp, "holding", step), heldFor: decision.reasons.flatMap(({ key }) => key ?? []) };
  if (decision.action !== "promote" || ramp.pending !== undefined) return ramp;
  const next = (phaseNow(ramp)?.stage ?? -1) + 1;
  if (next < experiment.stages.length) return { ...ramp, pending: { stage: next, ...step, override: false } };
  return experiment.aa ? { ...ramp, state: "done", stopped: step } : ramp;
}

/** Held: nothing changes for the units, and nothing is raised. @throws UnforkError state-invalid */
export function holdRamp(entry: RampEntry, step: Step): Ramp {
  expectState(entry, ["running"], "held");
  return stop(entry.ramp, "holding", step);
}

/** Goes on after a hold; what it was held for counts as accepted. What was halted or rolled back does not: its units would be drawn by what happened. @throws UnforkError state-invalid */
export function resumeRamp(entry: RampEntry): Ramp {
  expectState(entry, ["holding"], "resumed");
  const { heldFor = [], accepted = [] } = entry.ramp;
  return { ...entry.ramp, state: "running", stopped: undefined, heldFor: undefined, accepted: [...new Set([...accepted, ...heldFor])] };
}

/** Everybody goes back to the flavor it came from; without a phase yet, the pending start is taken back, or the draft itself. @throws UnforkError state-invalid */
export function rollBackRamp(entry: RampEntry, step: Step): Ramp {
  if (entry.ramp.state === "draft" && entry.ramp.pending !== undefined) return { ...entry.ramp, pending: undefined };
  expectState(entry, ["draft", "running", "holding", "promoted"], "rolled back");
  return stop(entry.ramp, "rolled-back", step);
}

/** Stops with the use case that it depends on. */
export function haltWith(entry: RampEntry, useCase: string, at: string): Ramp {
  if (entry.ramp.state === "draft") return { ...entry.ramp, pending: undefined };
  return stop(entry.ramp, "halted", { at, by: "unfork", reason: `depends on ${useCase}, which was stopped` });
}

/** A person raises by one stage without the gate; that is kept with the reason. @throws UnforkError state-invalid */
export function promoteRamp(entry: RampEntry, step: Step): Ramp {
  expectState(entry, ["running", "holding"], "promoted");
  if (entry.ramp.pending !== undefined)
    throw new UnforkError("state-invalid", `${entry.experiment.id} needs no push: its next stage waits for a signature already`, {
      hint: "unfork rollout sign --key FILE; to keep it from being raised: unfork rollout hold",
    });
  const next = (phaseNow(entry.ramp)?.stage ?? -1) + 1;
  if (next >= entry.experiment.stages.length)
    throw new UnforkError("state-invalid", `${entry.experiment.id} stands at its last stage already`);
  return { ...entry.ramp, state: "running", stopped: undefined, pending: { stage: next, ...step, override: true } };
}

/** The new flavor is everybody's: nothing is assigned any more. @throws UnforkError state-invalid */
export function finishRamp(entry: RampEntry, step: Step): Ramp {
  expectState(entry, ["promoted"], "finished");
  return stop(entry.ramp, "done", step);
}

/** Exposures were seen to have fallen after a halt. */
export function confirmStop(ramp: Ramp, at: string): Ramp {
  return ramp.confirmed === undefined ? { ...ramp, confirmed: at } : ramp;
}

function stop(ramp: Ramp, state: RampState, step: Step): Ramp {
  const closes = state === "halted" || state === "rolled-back" || state === "done";
  const phases = closes ? ramp.phases.map((phase) => (phase.ended === undefined ? { ...phase, ended: step.at } : phase)) : ramp.phases;
  return { ...ramp, pending: undefined, state, phases: [...phases], stopped: step };
}

function expectState({ experiment, ramp }: RampEntry, allowed: readonly RampState[], verb: string): void {
  if (allowed.includes(ramp.state) && !(verb === "started" && ramp.pending !== undefined)) return;
  const where = ramp.pending !== undefined && ramp.state === "draft" ? "waiting for its first signed seed" : ramp.state;
  throw new UnforkError("state-invalid", `${experiment.id} cannot be ${verb}: it is ${where}`, { context: { experiment: experiment.id } });
}
