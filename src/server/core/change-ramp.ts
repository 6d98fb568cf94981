/** Owns a change of an experiment's ramp: state, audit row and, where somebody loses the treatment, the halt: all or nothing. */
import type { Ramp } from "../../model/ramp.js";
import { dependents } from "../../experiment/ramp/blocks.js";
import { isStopped, isWithdrawn } from "../../experiment/ramp/entry.js";
import { haltWith } from "../../experiment/ramp/transitions.js";
import { appendAudit } from "../../store/state/audit-log.js";
import type { Database } from "../../store/state/database.js";
import { lockSeeds } from "../../store/state/seeds.js";
import type { Actor, Core } from "./core.js";
import { type StoredEntry, storedEntries, storedEntry, withChanges, writeRamp } from "./entries.js";
import { type StoredHalt, storeHalt } from "./publish-halt.js";

/** What is changed, and how it is told in the audit log. */
export interface RampChange {
  readonly id: string;
  readonly actor: Actor;
  readonly action: string;
  readonly detail: Readonly<Record<string, unknown>>;
  /** The next ramp; the same object where nothing changes. */
  readonly next: (entry: StoredEntry, entries: readonly StoredEntry[]) => Ramp;
  /** What is stored beside, in the same transaction. */
  readonly beside?: (tx: Database, halt: StoredHalt | undefined) => Promise<void>;
}

export interface ChangedRamp {
  readonly ramp: Ramp;
  /** Version of the halt that was published for it. */
  readonly halt?: number;
  /** Experiments that stopped with it. */
  readonly stoppedWith: readonly string[];
}

/** Changes a ramp; what depends on a stopped one stops with it. The halt is published when all is stored. Throws what `next` throws. */
export async function changeRamp(core: Core, change: RampChange): Promise<ChangedRamp> {
  const { changed, halt } = await core.db.transaction(async (tx) => {
    await lockSeeds(tx, core.project);
    return changeWithin(tx, core, change);
  });
  if (halt !== undefined) core.publisher.publish(halt.document);
  return changed;
}

async function changeWithin(tx: Database, core: Core, change: RampChange): Promise<{ changed: ChangedRamp; halt: StoredHalt | undefined }> {
  const entries = await storedEntries(tx, core.project);
  const entry = storedEntry(entries, change.id);
  const ramp = change.next(entry, entries);
  const at = core.now();
  if (ramp === entry.ramp) {
    await change.beside?.(tx, undefined);
    return { changed: { ramp, stoppedWith: [] }, halt: undefined };
  }
  await writeRamp(tx, entry, ramp, at);
  const audited = { at: at.toISOString(), project: core.project };
  await appendAudit(tx, { ...audited, actor: change.actor.name, action: change.action, subject: change.id, detail: change.detail });
  const changes = new Map([[change.id, ramp]]);
  if (isStopped({ ...entry, ramp }) && !isStopped(entry) && !isWithdrawn({ ...entry, ramp })) {
    for (const other of dependents(entry.experiment, entries) as StoredEntry[]) {
      const stopped = haltWith(other, entry.experiment.useCase, at.toISOString());
      changes.set(other.experiment.id, stopped);
      await writeRamp(tx, other, stopped, at);
      const detail = { with: change.id };
      await appendAudit(tx, { ...audited, actor: "server", action: "rollout.halt", subject: other.experiment.id, detail });
    }
  }
  const halt = await storeHalt(tx, core, withChanges(entries, changes));
  await change.beside?.(tx, halt);
  const stoppedWith = [...changes.keys()].filter((id) => id !== change.id);
  return { changed: { ramp, stoppedWith, ...(halt === undefined ? {} : { halt: halt.version }) }, halt };
}
