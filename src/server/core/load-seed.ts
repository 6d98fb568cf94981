/** Owns the way of the stored seed to the readers: at the start, and when another server has published. */
import { type Envelope, type SeedDocument, envelopeSchema } from "../../model/seed.js";
import { type SeedRow, currentSeed } from "../../store/state/seeds.js";
import type { Core } from "./core.js";
import type { ServedSeed } from "./publisher.js";

/** Publishes what the state has, if it is newer than what is served. */
export async function loadSeed({ db, project, publisher }: Pick<Core, "db" | "project" | "publisher">): Promise<ServedSeed | undefined> {
  const stored = await currentSeed(db, project);
  if (stored === undefined) return undefined;
  return publisher.publish(documentOf(stored));
}

/** The document that devices fetch, of stored envelopes. */
export function documentOf({ base, halt }: { readonly base: SeedRow; readonly halt?: SeedRow }): SeedDocument {
  return halt === undefined ? { base: envelope(base) } : { base: envelope(base), halt: envelope(halt) };
}

function envelope(row: SeedRow): Envelope {
  return envelopeSchema.parse(JSON.parse(row.envelope));
}
