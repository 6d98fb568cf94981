/** Owns the way to a state: a PostgreSQL by its URL, or PGlite in a folder of its own. */
import type { State } from "./database.js";
import { refuseMoved } from "./move/moved-mark.js";

/** Where the state lies. `databaseUrl` wins. */
export interface StatePlace {
  /** The server's folder; PGlite keeps its data in `state/` of it. */
  readonly dir: string;
  /** `postgresql://…`, PostgreSQL 15 or newer. */
  readonly databaseUrl?: string;
}

/**
 * Opens the state and brings its tables up to date. Each engine is loaded only where it is used.
 * Throws `locked` when another process has the folder, `network` when the database cannot be reached, `state-invalid` when the
 * tables are of a newer program or the state was moved away.
 */
export async function openState(place: StatePlace): Promise<State> {
  const state = await openEngine(place);
  try {
    await refuseMoved(state.db);
    return state;
  } catch (error) {
    await state.close();
    throw error;
  }
}

async function openEngine(place: StatePlace): Promise<State> {
  if (place.databaseUrl === undefined) return (await import("./open-pglite.js")).openPglite(place.dir);
  return (await import("./open-postgres.js")).openPostgres(place.databaseUrl);
}
