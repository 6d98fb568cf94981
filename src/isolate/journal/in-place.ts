/**
 * Owns the write-ahead folder of an isolation in place: all new bytes lie there, synced, before the first file of the
 * tree is replaced; a file named `commit` is the point from which on the run is finished rather than forgotten.
 */
import { lchown, lstat, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

import { fileError, systemCodeOf, UnforkError } from "../../support/errors.js";
import { exists, writeFileAtomic } from "../../support/fs.js";
import { MARKER_FILE } from "../marker.js";
import { decodeJournal, encodeJournal, type Journal, JOURNAL_FILE } from "./journal-file.js";
import { journalWithout, type Place, placeOf, stands, unchangedIn } from "./places.js";

export const IN_PLACE_LOCK = ".unfork-isolation.lock";
export const WORK_FOLDER = ".unfork-isolation.work";

const NEW_FILES = "new";
const COMMIT = "commit";
const ROLLED_BACK = "rolled-back";

/** Files that are synced or replaced at the same time. */
const AT_ONCE = 32;

/** Makes an empty write-ahead folder and gives the place for the new files. Throws `disk`. */
export async function openWork(root: string): Promise<string> {
  const work = join(root, WORK_FOLDER);
  await rm(work, { recursive: true, force: true });
  return join(work, NEW_FILES);
}

/** Syncs the new files, writes journal and marker beside them, and then the commit: from here on the run counts. */
export async function commitWork(root: string, places: readonly Place[], journal: Journal, marker: string): Promise<void> {
  const work = join(root, WORK_FOLDER);
  const files = places.map(placeOf).filter(({ link }) => !link);
  await eachOf(files, async ({ to }) => syncFile(join(work, NEW_FILES, to)));
  await writeFileAtomic(join(work, JOURNAL_FILE), encodeJournal(journal));
  await writeFileAtomic(join(work, MARKER_FILE), marker);
  await writeFileAtomic(join(work, COMMIT), `${JSON.stringify(places)}\n`);
  await syncFolder(work);
}

/** Whether a run was cut short behind its commit. */
export async function isCommitted(root: string): Promise<boolean> {
  return exists(join(root, WORK_FOLDER, COMMIT));
}

/**
 * Replaces the files of a committed run, or the rest of them after a kill; then journal and marker take their places
 * and the folder goes. Throws `state-invalid` when a file was edited since: neither its bytes nor the new ones are lost.
 */
export async function finishWork(root: string): Promise<void> {
  const work = join(root, WORK_FOLDER);
  const { left, doubled } = await committedPlaces(root);
  if (left.length + doubled.length > 0) await requireUnchanged(root, left, doubled, await workJournal(root));
  await eachOf(left, ({ from, to }) => replace(join(work, NEW_FILES, to), join(root, from), join(root, to)));
  await eachOf(doubled, ({ from }) => rm(join(root, from), { force: true }));
  for (const folder of new Set([...left, ...doubled].map(({ to }) => dirname(join(root, to))))) await syncFolder(folder);
  for (const name of [JOURNAL_FILE, MARKER_FILE]) if (await exists(join(work, name))) await rename(join(work, name), join(root, name));
  await syncFolder(root);
  await rm(join(work, COMMIT), { force: true });
  await rm(work, { recursive: true, force: true });
}

type MovedPlace = ReturnType<typeof placeOf>;

/** The places that a committed run has not come to, and those whose old file still stands beside the new one. */
async function committedPlaces(root: string): Promise<{ left: MovedPlace[]; doubled: MovedPlace[] }> {
  const work = join(root, WORK_FOLDER);
  const places = (JSON.parse(await readFile(join(work, COMMIT), "utf8")) as Place[]).map(placeOf);
  const left = await filter(places, ({ to }) => stands(join(work, NEW_FILES, to)));
  const isLeft = new Set(left);
  const moved = places.filter((place) => place.from !== place.to && !isLeft.has(place));
  return { left, doubled: await filter(moved, ({ from }) => stands(join(root, from))) };
}

/** What a killed run left before its commit is of no use. After a commit: {@link finishWork} or {@link rollBack} first. */
export async function clearWork(root: string): Promise<void> {
  const work = join(root, WORK_FOLDER);
  const rolledBack = join(work, ROLLED_BACK);
  if (await exists(rolledBack)) await placeRolledBack(root);
  await rm(work, { recursive: true, force: true });
}

/**
 * Gives up the rest of a committed run: files that it has not replaced stay as they are, and the journal speaks of the
 * others only, so that a revert takes these back. Nothing to do without such a run.
 */
export async function rollBack(root: string): Promise<void> {
  const work = join(root, WORK_FOLDER);
  if (await isCommitted(root)) {
    const { left, doubled } = await committedPlaces(root);
    const journal = await workJournal(root);
    const isUnchanged = unchangedIn(root, journal);
    const edited = await filter(doubled, async (place) => !(await isUnchanged(place, join(root, place.to))));
    const isEdited = new Set(edited);
    await eachOf(doubled, (place) => rm(join(root, isEdited.has(place) ? place.to : place.from), { force: true }));
    await writeFileAtomic(join(work, ROLLED_BACK), encodeJournal(journalWithout(journal, [...left, ...edited])));
    await rm(join(work, COMMIT));
  }
  await clearWork(root);
}

async function placeRolledBack(root: string): Promise<void> {
  await rename(join(root, WORK_FOLDER, ROLLED_BACK), join(root, JOURNAL_FILE));
  await syncFolder(root);
}

/** The journal of the run at work: beside the new files, or already in its place. */
async function workJournal(root: string): Promise<Journal> {
  for (const path of [join(root, WORK_FOLDER, JOURNAL_FILE), join(root, JOURNAL_FILE)]) {
    const bytes = await readFile(path).catch(() => undefined);
    const journal = bytes === undefined ? undefined : decodeJournal(bytes);
    if (journal !== undefined) return journal;
  }
  throw new UnforkError("state-invalid", `${join(root, WORK_FOLDER)} holds a run without its journal`, {
    hint: "the folder was damaged: its `new` folder holds the new bytes of the files that were not replaced yet",
    context: { path: join(root, WORK_FOLDER) },
  });
}

/** Every file that is about to be replaced must still be the one that was read. */
async function requireUnchanged(
  root: string,
  left: readonly MovedPlace[],
  doubled: readonly MovedPlace[],
  journal: Journal,
): Promise<void> {
  const isUnchanged = unchangedIn(root, journal);
  const taken = (place: MovedPlace): Promise<boolean> => (place.from === place.to ? Promise.resolve(false) : stands(join(root, place.to)));
  const stale = await filter(
    left,
    async (place) => (await taken(place)) || !(await isUnchanged(place, join(root, WORK_FOLDER, NEW_FILES, place.to))),
  );
  const edited = await filter(doubled, async (place) => !(await isUnchanged(place, join(root, place.to))));
  const changed = [...stale, ...edited].map(({ from }) => from);
  if (changed.length === 0) return;
  throw new UnforkError(
    "state-invalid",
    `${changed.length === 1 ? "a file was" : `${changed.length} files were`} changed while the tree was isolated in place, such as ${join(root, changed[0] as string)}`,
    {
      hint: `\`unfork isolate revert ${root}\` takes back what was replaced and keeps that file; then isolate again`,
      context: { path: join(root, changed[0] as string) },
    },
  );
}

/** Puts a synced file in the place of another, or under a new path; it gets the other's owner, where we may give it. Throws `disk`. */
export async function replace(fresh: string, old: string, path = old): Promise<void> {
  try {
    const mine = await lstat(fresh);
    const { uid, gid } = await lstat(old).catch(() => mine);
    if (mine.uid !== uid || mine.gid !== gid) await lchown(fresh, uid, gid).catch(() => undefined);
    await rename(fresh, path);
    if (old !== path) await rm(old, { force: true });
  } catch (error) {
    throw fileError("replace", path, error);
  }
}

async function syncFile(path: string): Promise<void> {
  try {
    const handle = await open(path, "r+").catch(async (error: unknown) => {
      if (systemCodeOf(error) === "EACCES") return open(path, "r");
      throw error;
    });
    await handle.sync().finally(() => handle.close());
  } catch (error) {
    throw fileError("write", path, error);
  }
}

/** So that the renames in a folder outlast a loss of power. Not every system can do it. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, "r").catch(() => undefined);
  if (handle === undefined) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}

async function filter<T>(items: readonly T[], test: (item: T) => Promise<boolean>): Promise<T[]> {
  const kept: boolean[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) kept.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(test))));
  return items.filter((_, index) => kept[index]);
}

/** Does it for all, some at a time. */
export async function eachOf<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += AT_ONCE) await Promise.all(items.slice(at, at + AT_ONCE).map(act));
}
