/** Owns where a server's state is on this machine: its folder or database, that it is one, that others cannot read it. */
import { join } from "node:path";

import { UnforkError } from "../support/errors.js";
import { exists } from "../support/fs.js";

/** Where a server keeps its state, unless told. */
export const SERVER_FOLDER = ".unfork/server";

/** The PostgreSQL that is named by `--database` or DATABASE_URL; an empty name names none. */
export function databaseUrlOf({ database = process.env["DATABASE_URL"] }: { readonly database?: string }): string | undefined {
  return database === "" ? undefined : database;
}

interface Place {
  readonly url?: string;
  readonly tokenFile?: string;
  readonly dir?: string | undefined;
  readonly database?: string;
}

/**
 * Whether a running server is meant, not its state on this machine. What the command line tells prevails over the environment, and the
 * environment over the folder.
 */
export function meansServer({ url, tokenFile, dir, database }: Place): boolean {
  if (url !== undefined) return true;
  if (dir !== undefined || database !== undefined) return false;
  return databaseUrlOf({}) === undefined && (tokenFile !== undefined || (process.env["UNFORK_URL"] ?? "") !== "");
}

/** Throws `input-missing` where no server has been: an empty state made on the way would look like a whole one. */
export async function expectState(dir: string): Promise<void> {
  if (await exists(join(dir, "state"))) return;
  throw new UnforkError("input-missing", `there is no server's state in ${dir}`, {
    hint: "name its folder with --dir, its database with DATABASE_URL, or the running server with --url",
  });
}

/** What this process writes from now on, only its user may read and change: PGlite asks for rights for everybody. */
export function keepFilesPrivate(): void {
  process.umask(0o077);
}
