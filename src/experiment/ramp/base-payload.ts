/** Owns the next base seed: what all experiments' states come to, with the raises that wait for a signature. */
import type { BasePayload, SeedUseCase } from "../../model/seed.js";
import { raiseBlocks } from "./blocks.js";
import { type RampEntry, isActive, isStopped, phaseNow, stageNow } from "./entry.js";
import { armsAt } from "./ranges.js";

/** What a base has beside its use cases. */
export type BaseFrame = Omit<BasePayload, "useCases">;

/** One raise that a signature would bring. */
export interface Raise {
  readonly experiment: string;
  readonly useCase: string;
  readonly stage: number;
  readonly from: number;
  readonly to: number;
  readonly by: string;
  readonly reason: string;
  readonly override: boolean;
}

/** The raises that may be signed now: decided, not frozen, and with their dependencies promoted. A person's own raise breaks no freeze. */
export function raisesNow(entries: readonly RampEntry[], at: string): Raise[] {
  return entries.flatMap((entry) => {
    const { experiment, ramp } = entry;
    const stage = ramp.pending === undefined ? undefined : experiment.stages[ramp.pending.stage];
    if (ramp.pending === undefined || stage === undefined || raiseBlocks(experiment, entries, at).length > 0) return [];
    const { by, reason, override } = ramp.pending;
    const { id, useCase } = experiment;
    const from = stageNow(entry)?.percent ?? 0;
    return [{ experiment: id, useCase, stage: ramp.pending.stage, from, to: stage.percent, by, reason, override }];
  });
}

/** The payload that a signer would sign now; use cases in the order of their names. */
export function nextBase(frame: BaseFrame, entries: readonly RampEntry[], at: string): BasePayload {
  const raises = new Map(raisesNow(entries, at).map((raise) => [raise.experiment, raise]));
  const useCases = seededEntries(entries).map(
    (entry) => [entry.experiment.useCase, seedOf(entry, raises.get(entry.experiment.id))] as const,
  );
  return { ...frame, useCases: Object.fromEntries(useCases.toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}

/** One per use case: the active one, else the last of those that had begun. */
function seededEntries(entries: readonly RampEntry[]): RampEntry[] {
  const chosen = new Map<string, RampEntry>();
  for (const entry of entries) {
    if (entry.ramp.phases.length === 0 && entry.ramp.pending === undefined) continue;
    const before = chosen.get(entry.experiment.useCase);
    if (before === undefined || !isActive(before)) chosen.set(entry.experiment.useCase, entry);
  }
  return [...chosen.values()];
}

function seedOf(entry: RampEntry, raise: Raise | undefined): SeedUseCase {
  const { experiment, ramp } = entry;
  const { id, unit, salt, from, to } = experiment;
  const phase = (phaseNow(ramp)?.phase ?? 0) + (raise === undefined ? 0 : 1);
  const percent = raise?.to ?? (isStopped(entry) || ramp.state === "done" ? 0 : stageNow(entry)?.percent) ?? 0;
  return {
    experiment: id,
    phase,
    unit,
    salt,
    default: ramp.state === "done" ? to.flavor : from.flavor,
    arms: percent === 0 ? [] : armsAt({ from, to }, percent),
  };
}
