/** Owns refs: read at once, written at once in one transaction. */
import { start } from "../support/exec.js";
import { gitFailure } from "./errors.js";
import { type Repository, gitCommand, gitOk } from "./git.js";
import { closeJournal, writeJournal } from "./ref-journal.js";
import { mayMoveRefs, moveRefs } from "./store/move-refs.js";

/** A ref's new value; null deletes. `old` null: the ref must not exist yet. */
export interface RefUpdate {
  readonly ref: string;
  readonly old: string | null;
  readonly next: string | null;
}

/** All refs by full name. */
export async function listRefs(repository: Repository): Promise<Map<string, string>> {
  const output = (await gitOk(repository, ["for-each-ref", "--format=%(objectname) %(refname)"])).toString("utf8");
  const lines = output.split("\n").filter((line) => line !== "");
  return new Map(lines.map((line) => [line.slice(41), line.slice(0, 40)]));
}

/**
 * Moves all refs or none. Git locks every ref and compares every old value before it changes the first; what a kill
 * between two renames would leave is repaired by `recoverRefs`, which reads the journal written before.
 * Throws (git: ref-changed, ref-locked, bad-ref-name, ref-name-clash) with the refs untouched. `first`: what has to be done before;
 * git is started meanwhile, and is told nothing when it fails.
 */
export async function updateRefs(
  repository: Repository,
  updates: readonly RefUpdate[],
  first: () => Promise<void> = nothing,
): Promise<void> {
  const real = updates.filter((update) => update.old !== update.next);
  if (real.length === 0) return await first();
  if (!mayMoveRefs(repository.path, real)) return await transact(repository, real, first);
  await first();
  if (!(await moveOwn(repository, real))) await transact(repository, real, nothing);
}

/** Without git. */
async function moveOwn(repository: Repository, updates: readonly RefUpdate[]): Promise<boolean> {
  const journal = await writeJournal(repository, updates, process.pid);
  let cutOff = true;
  try {
    const moved = moveRefs(repository.path, updates);
    cutOff = false;
    return moved;
  } finally {
    closeJournal(journal, cutOff);
  }
}

function nothing(): Promise<void> {
  return Promise.resolve();
}

/** The journal stays only when git was killed, for then its locks are left too. */
async function transact(repository: Repository, updates: readonly RefUpdate[], first: () => Promise<void>): Promise<void> {
  const command = gitCommand(repository, ["update-ref", "--stdin", "-z"]);
  const child = start(command);
  child.stdout.resume();
  // Without a number it could not be started, which `done` tells.
  const journal = await first()
    .then(() => (child.pid === undefined ? undefined : writeJournal(repository, updates, child.pid)))
    .catch(async (error: unknown) => {
      child.stdin.end();
      await child.done.catch(() => undefined);
      throw error;
    });
  child.stdin.end(["start", ...updates.map(lineOf), "prepare", "commit", ""].join("\0"));
  const end = await child.done;
  if (journal !== undefined) closeJournal(journal, end.signal !== null);
  if (end.code !== 0) throw gitFailure(command, { ...end, stderr: child.stderr() });
}

/** git-update-ref(1) with -z: `update SP ref NUL new NUL old`, `delete SP ref NUL old`; a missing old value is all zeros. */
function lineOf(update: RefUpdate): string {
  const old = update.old ?? "0".repeat(40);
  return update.next === null ? `delete ${update.ref}\0${old}` : `update ${update.ref}\0${update.next}\0${old}`;
}
