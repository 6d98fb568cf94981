/** Owns refs: read at once, written at once in one transaction; a write that a kill cut is made undone or done. */
import { renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import { sleep, wallClockMs } from "../support/clock.js";
import { UnforkError, fileError, messageOf } from "../support/errors.js";
import { start } from "../support/exec.js";
import { gitFailure } from "./errors.js";
import { type Repository, gitCommand, gitOk } from "./git.js";

/** A ref's new value; null deletes. `old` null: the ref must not exist yet. */
export interface RefUpdate {
  readonly ref: string;
  readonly old: string | null;
  readonly next: string | null;
}

const JOURNAL = "unfork-transaction.json";

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
  await transact(repository, real, async () => {
    await first();
    writeJournal(join(repository.path, JOURNAL), real);
  });
}

function nothing(): Promise<void> {
  return Promise.resolve();
}

/** Not synced: it is for a killed process, and what a power cut leaves of refs is git's own matter. */
function writeJournal(path: string, updates: readonly RefUpdate[]): void {
  try {
    writeFileSync(`${path}.tmp`, JSON.stringify(updates));
    renameSync(`${path}.tmp`, path);
  } catch (error) {
    throw fileError("write", path, error);
  }
}

/**
 * The same in somebody's own repository, where another run may be in the middle of its transaction: one that takes no more than
 * moments. `common`: the git directory that all work trees share.
 */
export async function recoverLeftRefs(repository: Repository, common: string): Promise<void> {
  const journal = join(repository.path, JOURNAL);
  for (let age = ageOf(journal); age !== undefined; age = ageOf(journal)) {
    if (age > LONGEST_TRANSACTION_MS) return await recoverRefs(repository, common);
    await sleep(Math.min(200, LONGEST_TRANSACTION_MS - age + 1));
  }
}

const LONGEST_TRANSACTION_MS = 5000;

/** Milliseconds since a file was written; undefined where there is none. */
function ageOf(path: string): number | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? undefined : Math.max(0, wallClockMs() - stat.mtimeMs);
}

/** Carries through what a killed transaction began: its left-over locks go, and refs still at their old value are moved. */
export async function recoverRefs(repository: Repository, common: string = repository.path): Promise<void> {
  const journal = join(repository.path, JOURNAL);
  const updates = await readJournal(journal);
  if (updates === undefined) return;
  const began = statSync(journal, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const locks = [...updates.map((update) => `${update.ref}.lock`), "packed-refs.lock"].map((lock) => join(common, lock));
  // An older one is somebody else's.
  const own = locks.filter((lock) => (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= began - 1000);
  await Promise.all(own.map((lock) => rm(lock, { force: true })));
  const refs = await listRefs(repository);
  await transact(
    repository,
    updates.filter((update) => (refs.get(update.ref) ?? null) === update.old),
  );
}

async function readJournal(path: string): Promise<RefUpdate[] | undefined> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as RefUpdate[];
  } catch (error) {
    throw new UnforkError("state-invalid", `${path} is not a journal of ours: ${messageOf(error)}`, {
      hint: "remove this file",
      cause: error,
    });
  }
}

/** Runs the transaction; the journal stays only when git was killed, for then its locks are left too. */
async function transact(repository: Repository, updates: readonly RefUpdate[], first: () => Promise<void> = nothing): Promise<void> {
  const command = gitCommand(repository, ["update-ref", "--stdin", "-z"]);
  const child = start(command);
  child.stdout.resume();
  try {
    await first();
  } catch (error) {
    child.stdin.end();
    await child.done;
    throw error;
  }
  child.stdin.end(["start", ...updates.map(lineOf), "prepare", "commit", ""].join("\0"));
  const end = await child.done;
  if (end.signal === null) rmSync(join(repository.path, JOURNAL), { force: true });
  if (end.code !== 0) throw gitFailure(command, { ...end, stderr: child.stderr() });
}

/** git-update-ref(1) with -z: `update SP ref NUL new NUL old`, `delete SP ref NUL old`; a missing old value is all zeros. */
function lineOf(update: RefUpdate): string {
  const old = update.old ?? "0".repeat(40);
  return update.next === null ? `delete ${update.ref}\0${old}` : `update ${update.ref}\0${update.next}\0${old}`;
}
