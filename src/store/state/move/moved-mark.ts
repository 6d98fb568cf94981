/** Owns the mark of a state that was moved away: it is not opened again, or two servers would give out the same versions of seeds. */
import { UnforkError } from "../../../support/errors.js";
import type { Database, State } from "../database.js";
import { readSetting, writeSetting } from "../settings.js";

/** No project has this name: the mark is the whole state's. */
const WHOLE = "";
const KEY = "moved";

/** Where a state went. */
export interface MovedMark {
  readonly to: State["engine"];
  /** ISO 8601. */
  readonly at: string;
}

export async function markMoved(db: Database, to: State["engine"], at: Date): Promise<void> {
  const mark: MovedMark = { to, at: at.toISOString() };
  await writeSetting(db, WHOLE, KEY, mark, at);
}

/** Throws `state-invalid` for a state that was moved away. */
export async function refuseMoved(db: Database): Promise<void> {
  const mark = (await readSetting(db, WHOLE, KEY)) as MovedMark | undefined;
  if (mark === undefined) return;
  const there = mark.to === "postgresql" ? "a PostgreSQL" : "a folder";
  throw new UnforkError("state-invalid", `this state was moved to ${there} at ${mark.at}: what is here is old`, {
    hint:
      mark.to === "postgresql"
        ? "name that database with DATABASE_URL; to come back, put the folder state/ aside and run: unfork serve move-state --back"
        : "start the server with --dir and without DATABASE_URL; to come back, move it into a new database",
  });
}
