/** Owns the files a person edits in a conflict: the file with markers beside its three sides, and what came back. */
import { mkdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { z } from "zod";

import type { ConflictedPath } from "../git/merge.js";
import { mergeFileText } from "../git/merge-file.js";
import type { ObjectStore } from "../git/objects.js";
import { UnforkError, fileError, systemCodeOf } from "../support/errors.js";
import { exists, readTextIfThere, replaceFolder } from "../support/fs.js";
import { canonicalJson, sha256 } from "../support/hash.js";
import { hasMarkers, wholeFileMarkers } from "./conflict-markers.js";
import { keyOf, sameKey } from "./feature.js";

/** The three sides by names a person knows, and the release the merge is for. */
export interface Sides {
  readonly release: string;
  readonly ours: string;
  readonly base: string;
  readonly theirs: string;
}

export interface ConflictFolder {
  readonly root: string;
  readonly feature: string;
  readonly sides: Sides;
}

/** A conflict with the content a person decided on; null: the file goes. */
export interface EditedConflict {
  readonly conflict: ConflictedPath;
  readonly content: Buffer | null;
}

const STATE_FILE = ".unfork-conflict.json";

const stateSchema = z.strictObject({
  release: z.string(),
  conflicts: z.array(
    z.strictObject({
      path: z.string(),
      base: z.string(),
      ours: z.string(),
      theirs: z.string(),
      /** SHA-256 of the file as it was laid out, or null when none was (binary content). */
      laid: z.string().nullable(),
    }),
  ),
});
type State = z.infer<typeof stateSchema>;

/**
 * Writes `<file>` (with markers), `<file>.base`, `<file>.ours` and `<file>.theirs` for every open conflict below
 * `<root>/<feature>/<release>`. A folder that holds these very conflicts is left as it is; one of other conflicts is
 * moved aside when it was edited. Binary content has no markers: there `<file>` is missing until a person puts it there.
 */
export async function layOut(objects: ObjectStore, folder: ConflictFolder, open: readonly ConflictedPath[]) {
  const target = targetOf(folder);
  const known = await readState(target);
  const covered = known !== undefined && open.every((conflict) => known.conflicts.some((key) => sameKey(key, keyOf(conflict))));
  if (!covered) {
    if (known !== undefined && (await wasEdited(target, known))) await moveAside(target);
    await replaceFolder(target, (fresh) => fill(objects, folder, fresh, open));
  }
  return open.map((conflict) => ({ path: conflict.path, workFile: join(target, conflict.path) }));
}

async function fill(objects: ObjectStore, folder: ConflictFolder, fresh: string, open: readonly ConflictedPath[]): Promise<void> {
  const state: State = { release: folder.sides.release, conflicts: [] };
  for (const conflict of open) {
    const text = await writeSides(objects, folder, fresh, conflict);
    state.conflicts.push({ ...keyOf(conflict), laid: text === undefined ? null : sha256(text) });
  }
  await writeFile(join(fresh, STATE_FILE), `${canonicalJson(state, 2)}\n`);
}

/** The conflicts that a person has finished: the file has no markers left, or was removed where one side has none. */
export async function takeEdited(
  objects: ObjectStore,
  folder: ConflictFolder,
  conflicts: readonly ConflictedPath[],
): Promise<EditedConflict[]> {
  const target = targetOf(folder);
  const known = await readState(target);
  const mine = conflicts.filter((conflict) => known?.conflicts.some((key) => sameKey(key, keyOf(conflict))));
  const edited = await Promise.all(mine.map((conflict) => editedOf(objects, target, conflict)));
  return edited.filter((each) => each !== undefined);
}

async function editedOf(objects: ObjectStore, target: string, conflict: ConflictedPath): Promise<EditedConflict | undefined> {
  const content = await readIfThere(join(target, conflict.path));
  if (content !== undefined) return hasMarkers(content, await contentsOf(objects, conflict)) ? undefined : { conflict, content };
  const oneSided = conflict.ours === null || conflict.theirs === null;
  const stillThere = await readIfThere(join(target, `${conflict.path}.${conflict.theirs === null ? "ours" : "theirs"}`));
  return oneSided && stillThere !== undefined ? { conflict, content: null } : undefined;
}

async function contentsOf(objects: ObjectStore, conflict: ConflictedPath): Promise<Buffer[]> {
  const entries = [conflict.base, conflict.ours, conflict.theirs].filter((entry) => entry !== null);
  return Promise.all(entries.map((entry) => objects.read(entry.id, "blob")));
}

async function writeSides(
  objects: ObjectStore,
  folder: ConflictFolder,
  fresh: string,
  conflict: ConflictedPath,
): Promise<Buffer | undefined> {
  const file = join(fresh, conflict.path);
  await mkdir(dirname(file), { recursive: true });
  const paths = { ours: "/dev/null", base: "/dev/null", theirs: "/dev/null" };
  for (const side of ["ours", "base", "theirs"] as const) {
    const entry = conflict[side];
    if (entry === null) continue;
    paths[side] = `${file}.${side}`;
    await writeFile(paths[side], await objects.read(entry.id, "blob"));
  }
  const text = await conflictText(objects, folder.sides, conflict, paths);
  if (text !== undefined) await writeFile(file, text);
  return text;
}

async function conflictText(
  objects: ObjectStore,
  sides: Sides,
  conflict: ConflictedPath,
  paths: { ours: string; base: string; theirs: string },
) {
  if (conflict.ours !== null && conflict.theirs !== null) return mergeFileText(objects.repository, { ...paths, labels: sides });
  const ours = conflict.ours === null ? Buffer.alloc(0) : await objects.read(conflict.ours.id, "blob");
  const theirs = conflict.theirs === null ? Buffer.alloc(0) : await objects.read(conflict.theirs.id, "blob");
  return wholeFileMarkers(
    { label: named(sides.ours, conflict.ours), content: ours },
    { label: named(sides.theirs, conflict.theirs), content: theirs },
  );
}

function named(label: string, side: unknown): string {
  return side === null ? `${label}, which has no such file` : label;
}

/** Removes the folder of conflicts that are settled. */
export async function clearFolder(folder: ConflictFolder): Promise<void> {
  await rm(targetOf(folder), { recursive: true, force: true });
  await rmdir(join(folder.root, folder.feature)).catch(() => undefined);
}

async function wasEdited(target: string, state: State): Promise<boolean> {
  const texts = await Promise.all(state.conflicts.map(({ path }) => readIfThere(join(target, path))));
  return state.conflicts.some(({ laid }, index) => laid !== (texts[index] === undefined ? null : sha256(texts[index])));
}

/** What a person edited is never written over. */
async function moveAside(target: string): Promise<void> {
  let number = 1;
  while (await exists(`${target}.earlier-${number}`)) number++;
  await rename(target, `${target}.earlier-${number}`).catch((error: unknown) => Promise.reject(fileError("move aside", target, error)));
}

async function readState(target: string): Promise<State | undefined> {
  const file = join(target, STATE_FILE);
  const text = await readTextIfThere(file);
  if (text === undefined) return undefined;
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new UnforkError("state-invalid", `${file} is not one of ours`, { hint: "move this folder away and start again", cause: error });
  }
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (systemCodeOf(error) === "ENOENT") return undefined;
    throw fileError("read", path, error);
  }
}

function targetOf(folder: ConflictFolder): string {
  return join(folder.root, folder.feature, folder.sides.release);
}
