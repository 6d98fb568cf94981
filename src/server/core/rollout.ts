/** Owns what a person may do to a rollout: start, hold, resume, roll back, promote, finish; each with a reason, kept. */
import type { Ramp, Step } from "../../model/ramp.js";
import type { RampEntry } from "../../experiment/ramp/entry.js";
import { finishRamp, holdRamp, promoteRamp, resumeRamp, rollBackRamp, startRamp } from "../../experiment/ramp/transitions.js";
import { type ChangedRamp, changeRamp } from "./change-ramp.js";
import type { Actor, Core } from "./core.js";

type Transition = (entry: RampEntry, step: Step, entries: readonly RampEntry[]) => Ramp;

/** `promote` raises by one stage without the gate; each raise waits for a signer. */
export const ROLLOUT_ACTIONS: Readonly<Record<"start" | "hold" | "resume" | "rollback" | "promote" | "finish", Transition>> = {
  start: startRamp,
  hold: holdRamp,
  resume: resumeRamp,
  rollback: rollBackRamp,
  promote: promoteRamp,
  finish: finishRamp,
};

export type RolloutAction = keyof typeof ROLLOUT_ACTIONS;

export function isRolloutAction(word: string): word is RolloutAction {
  return Object.hasOwn(ROLLOUT_ACTIONS, word);
}

/** Does it. Throws `input-missing` or `state-invalid`. */
export async function actOnRollout(core: Core, id: string, action: RolloutAction, reason: string, actor: Actor): Promise<ChangedRamp> {
  const step: Step = { at: core.now().toISOString(), by: actor.name, reason };
  const next = (entry: RampEntry, entries: readonly RampEntry[]) => ROLLOUT_ACTIONS[action](entry, step, entries);
  return changeRamp(core, { id, actor, action: `rollout.${action}`, detail: { reason }, next });
}
