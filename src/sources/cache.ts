/** Owns the cache's layout: trees by content, what each release resolved to, and temporary folders of living runs. */
import { readdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

import { z } from "zod";

import { type FetchedTree, type ReleaseDay, fetchedTreeSchema, releaseDaySchema } from "../model/source.js";
import { fileError, systemCodeOf } from "../support/errors.js";
import { makeFolder, readTextIfThere, writeFileAtomic } from "../support/fs.js";
import { canonicalJson, sha256 } from "../support/hash.js";
import { startOf } from "../support/process-start.js";
import { randomId } from "../support/random.js";

/** `$UNFORK_CACHE`, or `.cache/unfork` in the user's home. */
export function cacheFolder(): string {
  const given = process.env["UNFORK_CACHE"];
  return given === undefined || given === "" ? join(homedir(), ".cache", "unfork") : resolve(given);
}

/** The key of a tree: all that decides its content. */
export function treeKey(identity: string, keep: readonly string[]): string {
  return sha256(canonicalJson({ format: 1, identity, keep: [...new Set(keep)].toSorted() })).slice(0, 32);
}

/** Where the tree with this key lies: a folder with `tree/` and `manifest.json`. */
export function treeFolder(cache: string, key: string): string {
  return join(cache, "trees", key);
}

/** What a release's description resolved to: its tree's key beside all that is told of the tree. */
const recordSchema = z.strictObject({
  key: z.string(),
  tree: fetchedTreeSchema.omit({ path: true }),
  day: releaseDaySchema.optional(),
});

export type ReleaseRecord = z.infer<typeof recordSchema>;

export interface NewRecord {
  readonly key: string;
  readonly tree: FetchedTree;
  readonly day: ReleaseDay | undefined;
}

/** The record of an earlier run, or undefined when there is none that can be read. */
export async function readRecord(cache: string, description: string): Promise<ReleaseRecord | undefined> {
  const text = await readTextIfThere(recordPath(cache, description));
  if (text === undefined) return undefined;
  return recordSchema.safeParse(parsedOrNull(text)).data;
}

export async function writeRecord(cache: string, description: string, record: NewRecord): Promise<void> {
  const { key, tree, day } = record;
  const { path: _path, ...rest } = tree;
  const written = { key, tree: rest, ...(day === undefined ? {} : { day }) };
  await writeFileAtomic(recordPath(cache, description), `${canonicalJson(written, 2)}\n`);
}

/** JSON or null. */
export function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function recordPath(cache: string, description: string): string {
  return join(cache, "releases", `${description}.json`);
}

/**
 * Runs `act` with a new folder on the cache's file system and removes it afterwards; also removes those that
 * killed runs left. Its name tells the process that it belongs to.
 */
export async function withWorkFolder<T>(cache: string, act: (folder: string) => Promise<T>): Promise<T> {
  const parent = join(cache, "tmp");
  await clearDead(parent);
  const folder = join(parent, `${process.pid}-${(await startOf(process.pid)) ?? ""}-${randomId()}`);
  await makeFolder(folder).catch((error: unknown) => Promise.reject(fileError("write", folder, error)));
  try {
    return await act(folder);
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function clearDead(parent: string): Promise<void> {
  for (const name of await readdir(parent).catch(() => [])) {
    const [pid = "", started = ""] = name.split("-");
    if ((await startOf(Number(pid))) === started) continue;
    await rm(join(parent, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Moves a finished folder to its place. False when another run was faster and its folder stands there. */
export async function moveIn(finished: string, place: string): Promise<boolean> {
  try {
    await makeFolder(join(place, ".."));
    await rename(finished, place);
    return true;
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === "ENOTEMPTY" || code === "EEXIST") return false;
    throw fileError("write", place, error);
  }
}
