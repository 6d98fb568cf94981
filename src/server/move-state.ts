/** Owns the move of a server's state from its folder to a PostgreSQL, or back. */
import { rm } from "node:fs/promises";
import { join } from "node:path";

import type { State } from "../store/state/database.js";
import { isUnreachable } from "../store/state/is-unreachable.js";
import { expectRoom } from "../store/state/move/expect-room.js";
import { type MovedState, moveRows } from "../store/state/move/move-rows.js";
import { namedUrl, refuseOthers } from "../store/state/move/other-sessions.js";
import { openState } from "../store/state/open-state.js";
import { wallClockMs } from "../support/clock.js";
import { UnforkError, messageOf, systemCodeOf } from "../support/errors.js";
import { exists } from "../support/fs.js";
import { randomId } from "../support/random.js";
import { LOCAL } from "./core/core.js";
import { prepareJobs } from "./jobs/moved-jobs.js";

export interface MoveRequest {
  /** The server's folder. */
  readonly dir: string;
  readonly databaseUrl: string;
  /** From the database into the folder. */
  readonly back: boolean;
  /** Does all of it, and takes it back at the end. */
  readonly rehearse: boolean;
  readonly tell: (message: string) => void;
}

/**
 * Moves it, in one transaction of the target: a kill at any moment leaves it empty or whole. Throws `locked` while a server has the source,
 * `state-invalid` for what does not fit, `network`, `disk`.
 */
export async function moveState(request: MoveRequest): Promise<MovedState> {
  const name = `unfork move ${randomId()}`;
  const database = { dir: request.dir, databaseUrl: namedUrl(request.databaseUrl, name) };
  const folder = { dir: request.dir };
  const source = await openState(request.back ? database : folder);
  try {
    const free = () => refuseOthers(source, name);
    await free();
    if (request.back) return await intoFolder(request, source, (target) => move(source, target, free, request));
    const target = await openState(database);
    return await move(source, target, free, request).finally(() => target.close());
  } catch (error) {
    throw toldError(error);
  } finally {
    await source.close();
  }
}

async function move(source: State, target: State, beforeEnd: () => Promise<void>, { rehearse, tell }: MoveRequest): Promise<MovedState> {
  const moreTables = await prepareJobs(source, target, tell);
  return moveRows(source, target, { moreTables, beforeEnd, rehearse, tell, actor: LOCAL.name, at: new Date(wallClockMs()) });
}

/** A state that was made for this, and stayed empty, does not stay. */
async function intoFolder({ dir }: MoveRequest, source: State, work: (target: State) => Promise<MovedState>): Promise<MovedState> {
  const place = join(dir, "state");
  const isNew = !(await exists(place));
  const target = await openState({ dir });
  let kept = false;
  try {
    await expectRoom(source.db, dir);
    const moved = await work(target);
    kept = moved.status !== "rehearsed";
    return moved;
  } finally {
    await target.close();
    if (isNew && !kept) await rm(place, { recursive: true, force: true });
  }
}

/** What a database's own words mean here. */
function toldError(error: unknown): unknown {
  if (error instanceof UnforkError) return error;
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const hint = "nothing was moved; try again";
  if (isUnreachable(error)) return new UnforkError("network", `the database went away: ${messageOf(cause)}`, { hint, cause: error });
  if (systemCodeOf(cause) === "55P03") return new UnforkError("locked", "somebody else uses the tables", { hint, cause: error });
  if (systemCodeOf(cause) === "53100") return new UnforkError("disk", messageOf(cause), { hint, cause: error });
  if (systemCodeOf(cause) === "42501")
    return new UnforkError("state-invalid", `this role may not move it: ${messageOf(cause)}`, { hint: OWNER, cause: error });
  return error;
}

const OWNER = "name in DATABASE_URL a role that owns all tables, or a superuser, for the move alone";
