/** Owns experiments with their ramps as the state has them, and the one way to change ramps. */
import { type Experiment, experimentSchema } from "../../model/experiment.js";
import { type Ramp, rampSchema } from "../../model/ramp.js";
import { type RampEntry, entryOf } from "../../experiment/ramp/entry.js";
import type { Database } from "../../store/state/database.js";
import { type ExperimentRow, listExperiments, updateExperiment } from "../../store/state/experiments.js";
import { endPhase } from "../../store/state/phases.js";

/** An entry with the row that it was read from. */
export interface StoredEntry extends RampEntry {
  readonly row: ExperimentRow;
}

/** All of a project, by their ids. */
export async function storedEntries(db: Database, project: string): Promise<StoredEntry[]> {
  return (await listExperiments(db, project)).map(entryIn);
}

/** One of them. Throws `input-missing`. */
export function storedEntry(entries: readonly StoredEntry[], id: string): StoredEntry {
  return entryOf(entries, id) as StoredEntry;
}

export function entryIn(row: ExperimentRow): StoredEntry {
  const ramp = rampSchema.parse(row.state);
  const parsed = known.get(row.project + row.id);
  // A definition never changes once it is stored: reading it again would take most of the time of a look at 54 of them.
  if (parsed !== undefined && parsed.salt === (row.definition as Experiment).salt)
    return { row, ramp, experiment: withState(parsed, ramp) };
  const experiment = experimentSchema.parse(row.definition);
  known.set(row.project + row.id, experiment);
  return { row, ramp, experiment: withState(experiment, ramp) };
}

const known = new Map<string, Experiment>();
const shown = new WeakMap<Experiment, Map<string, Experiment>>();

/** The same object for the same state: decisions keep what they prepared by it. */
function withState(experiment: Experiment, { state }: Ramp): Experiment {
  const byState = shown.get(experiment) ?? new Map<string, Experiment>();
  shown.set(experiment, byState);
  const found = byState.get(state) ?? { ...experiment, state };
  byState.set(state, found);
  return found;
}

/** Writes a ramp over the one that was read, and ends its phase with it. */
export async function writeRamp(tx: Database, { row, ramp: before }: StoredEntry, ramp: Ramp, at: Date): Promise<void> {
  await updateExperiment(tx, row, { state: ramp, status: ramp.state, updatedAt: at });
  const ended = ramp.phases.length > 0 && ramp.phases.every((phase) => phase.ended !== undefined);
  if (ended && before.phases.some((phase) => phase.ended === undefined)) await endPhase(tx, row.project, row.id, at);
}

/** Ramps as they will be: the changed ones in place of those that were read. */
export function withChanges(entries: readonly StoredEntry[], changes: ReadonlyMap<string, Ramp>): StoredEntry[] {
  return entries.map((entry) => ({ ...entry, ramp: changes.get(entry.experiment.id) ?? entry.ramp }));
}
