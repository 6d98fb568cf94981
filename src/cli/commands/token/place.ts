/** Owns where a server's tokens are reached: in its state on this machine, or over HTTP. */
import { resolve } from "node:path";
import type { Command } from "commander";

import type { Database } from "../../../store/state/database.js";
import type { GlobalOptions } from "../../command.js";
import { type Connection, type ConnectionOptions, addConnectionOptions, connect } from "../../connection.js";
import { SERVER_FOLDER, databaseUrlOf, expectState, keepFilesPrivate, meansServer } from "../../server-folder.js";

export interface PlaceOptions extends GlobalOptions, ConnectionOptions {
  readonly dir?: string;
  readonly database?: string;
  readonly project?: string;
}

export function addPlaceOptions(command: Command): void {
  command
    .optionsGroup("On the server's machine (whoever can read its folder or database may do everything):")
    .option("--dir <dir>", `the server's folder (default: ${SERVER_FOLDER})`)
    .option("--database <url>", "its PostgreSQL (also: DATABASE_URL)")
    .option("--project <name>", "the project (default: the only one there)")
    .optionsGroup("Over HTTP:");
  addConnectionOptions(command);
}

/** The parts of a core that tokens need. */
export interface LocalState {
  readonly db: Database;
  readonly project: string;
  now(): Date;
}

interface Ways<T> {
  readonly local: (state: LocalState) => Promise<T>;
  readonly remote: (server: Connection) => Promise<T>;
  /** True where a state that is not there yet is made. */
  readonly makes?: boolean;
}

/**
 * Over HTTP where a URL is told, else on the state itself, which is closed behind it; only where something is made may there be no
 * state yet. Throws `locked` while a server has the folder, `input-missing` where there is none.
 */
export async function atPlace<T>(options: PlaceOptions, { local, remote, makes = false }: Ways<T>): Promise<T> {
  const database = databaseUrlOf(options);
  if (meansServer(options)) return remote(await connect(options));
  const dir = resolve(options.dir ?? SERVER_FOLDER);
  if (database === undefined && !makes) await expectState(dir);
  keepFilesPrivate();
  const { openState } = await import("../../../store/state/open-state.js");
  const { projectOf } = await import("../../../server/open-core.js");
  const { addProject } = await import("../../../store/state/experiments.js");
  const { wallClockMs } = await import("../../../support/clock.js");
  const state = await openState({ dir, ...(database === undefined ? {} : { databaseUrl: database }) });
  try {
    const now = () => new Date(wallClockMs());
    const project = await projectOf(state.db, options.project);
    await addProject(state.db, project, now());
    return await local({ db: state.db, project, now });
  } finally {
    await state.close();
  }
}
