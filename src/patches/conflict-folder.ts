/** Owns the files a person edits in a conflict: the file with markers beside its three sides, and what came back. */
import { mkdir, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import type { ConflictedPath } from "../git/merge.js";
import { mergeFileText } from "../git/merge-file.js";
import type { ObjectStore } from "../git/objects.js";
import { replaceFolder } from "../support/fs.js";
import { canonicalJson, sha256 } from "../support/hash.js";
import { hasMarkers, wholeFileMarkers } from "./conflict-markers.js";
import {
  type Again,
  type ConflictFolder,
  STATE_FILE,
  type Sides,
  type State,
  moveAside,
  readIfThere,
  readState,
  targetOf,
  wasEdited,
} from "./conflict-state.js";
import { keyOf, sameKey } from "./feature.js";

/** A conflict with the content a person decided on; null: the file goes. */
export interface EditedConflict {
  readonly conflict: ConflictedPath;
  readonly content: Buffer | null;
}

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
  return laidFiles(folder, open);
}

/** A place with the content that stands for it now (null: no file); undefined: it is open, and laid out with markers. */
export interface PlaceAgain {
  readonly conflict: ConflictedPath;
  readonly content: Buffer | null | undefined;
}

/** Lays files out anew, whatever lies there; what a person edited is moved aside. An answer is only what differs from that then. */
export async function layOutAgain(objects: ObjectStore, folder: ConflictFolder, places: readonly PlaceAgain[], again: Again) {
  const target = targetOf(folder);
  const known = await readState(target);
  if (known !== undefined && (await wasEdited(target, known))) await moveAside(target);
  const open = places.map(({ conflict }) => conflict);
  const contents = new Map(places.map(({ conflict, content }) => [conflict, content]));
  await replaceFolder(target, (fresh) => fill(objects, folder, fresh, open, { again, contents }));
  return laidFiles(folder, open);
}

/** Where files lie for a person. */
export function laidFiles(folder: ConflictFolder, conflicts: readonly { readonly path: string }[]) {
  return conflicts.map(({ path }) => ({ path, workFile: join(targetOf(folder), path) }));
}

interface FillAgain {
  readonly again: Again;
  readonly contents: ReadonlyMap<ConflictedPath, Buffer | null | undefined>;
}

async function fill(
  objects: ObjectStore,
  folder: ConflictFolder,
  fresh: string,
  open: readonly ConflictedPath[],
  more?: FillAgain,
): Promise<void> {
  const state: State = { release: folder.sides.release, again: more?.again ?? null, conflicts: [] };
  for (const conflict of open) {
    const text = await writeSides(objects, folder, fresh, conflict, more?.contents.get(conflict));
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
  return edited
    .filter((each) => each !== undefined)
    .filter((each) => known === undefined || known.again === null || !isAsLaid(known, each));
}

function isAsLaid({ conflicts }: State, { conflict, content }: EditedConflict): boolean {
  const laid = conflicts.find((key) => sameKey(key, keyOf(conflict)))?.laid;
  return laid === (content === null ? null : sha256(content));
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
  content: Buffer | null | undefined,
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
  const text = content === undefined ? await conflictText(objects, folder.sides, conflict, paths) : (content ?? undefined);
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
