/** Owns the writing of a candidate's tree to disk: the fetched tree copied, the features' files put in. */
import { constants } from "node:fs";
import { copyFile, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { diffTrees } from "../git/diff.js";
import { type FolderEntry, listFolder } from "../git/import-tree.js";
import type { ObjectStore } from "../git/objects.js";
import type { TreeEntry } from "../git/tree.js";
import { emit } from "../support/bus.js";
import { folderStamp } from "../support/folder-stamp.js";
import { exists, makeFolder, readTextIfThere, replaceFolder, writeFileAtomic } from "../support/fs.js";

export interface MaterialiseRequest {
  /** The release's fetched tree. */
  readonly source: string;
  /** Git trees of the base and of the candidate. */
  readonly base: string;
  readonly candidate: string;
  /** Where the tree shall lie. */
  readonly target: string;
}

/** Copies under way at once: as many as Node has threads for files. */
const AT_ONCE = 4;

const TELL_EVERY = 250;

/**
 * Writes the candidate's tree to `target` (one temporary folder, one rename), or does nothing when `target` holds it
 * already, unchanged since; the file `<target>.tree` beside it says which git tree it holds, with a stamp. Throws `disk`.
 */
export async function materialise(objects: ObjectStore, request: MaterialiseRequest): Promise<void> {
  const marker = `${request.target}.tree`;
  if ((await exists(request.target)) && (await readTextIfThere(marker)) === (await markerOf(request))) return;
  await rm(marker, { force: true });
  await makeFolder(dirname(request.target));
  const changes = await diffTrees(objects.repository, request.base, request.candidate);
  const untouched = new Set(changes.map((change) => change.path));
  const entries = (await listFolder(request.source)).filter((entry) => !untouched.has(entry.path));
  const ours = changes.flatMap((change) => (change.after === null ? [] : [{ path: change.path, entry: change.after }]));
  await replaceFolder(request.target, async (fresh) => {
    await makeFolders(
      fresh,
      [...entries, ...ours].map((each) => each.path),
    );
    const copy = (await sharesBlocks(request.source, fresh, entries)) ? cloneEntry : copyEntry;
    const tell = progressOf(`lay out ${basename(request.target)}`, entries.length);
    await inTurns(entries, (entry) => copy(join(request.source, entry.path), join(fresh, entry.path), entry).then(tell));
    await inTurns(ours, ({ path, entry }) => writeEntry(objects, join(fresh, path), entry));
  });
  await writeFileAtomic(marker, await markerOf(request));
}

/** The git tree and the stamp of the files: a tree that somebody edited is laid out anew. */
async function markerOf({ candidate, target }: MaterialiseRequest): Promise<string> {
  return `${candidate}\n${await folderStamp(target)}\n`;
}

/** Tells every so many files, and the end. */
function progressOf(label: string, total: number): () => void {
  let done = 0;
  return () => {
    done++;
    if (done === total) emit({ type: "progress:end", label });
    else if (done % TELL_EVERY === 0) emit({ type: "progress", label, done, total, unit: "files" });
  };
}

async function makeFolders(root: string, paths: readonly string[]): Promise<void> {
  const folders = new Set(paths.map((path) => dirname(path)));
  await inTurns([...folders], async (folder) => void (await makeFolder(join(root, folder))));
}

/** Whether the file system shares blocks between copies (Btrfs, XFS, APFS): tried with one file. */
async function sharesBlocks(source: string, target: string, entries: readonly FolderEntry[]): Promise<boolean> {
  const first = entries.find((entry) => entry.mode !== "120000");
  if (first === undefined) return false;
  const trial = join(target, first.path);
  try {
    await copyFile(join(source, first.path), trial, constants.COPYFILE_FICLONE_FORCE);
    return true;
  } catch {
    return false;
  } finally {
    await rm(trial, { force: true });
  }
}

async function cloneEntry(from: string, to: string, entry: FolderEntry): Promise<void> {
  if (entry.mode === "120000") await symlink(await readlink(from), to);
  else await copyFile(from, to, constants.COPYFILE_FICLONE);
}

async function copyEntry(from: string, to: string, entry: FolderEntry): Promise<void> {
  if (entry.mode === "120000") await symlink(await readlink(from), to);
  else await writeFile(to, await readFile(from), { mode: fileMode(entry.mode) });
}

async function writeEntry(objects: ObjectStore, path: string, entry: TreeEntry): Promise<void> {
  const content = await objects.read(entry.id, "blob");
  if (entry.mode === "120000") return symlink(content, path);
  await writeFile(path, content, { mode: fileMode(entry.mode) });
}

function fileMode(mode: string): number {
  return mode === "100755" ? 0o755 : 0o644;
}

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  async function worker(): Promise<void> {
    for (;;) {
      const item = items[next++];
      if (item === undefined) return;
      await work(item);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
