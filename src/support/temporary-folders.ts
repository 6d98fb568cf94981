/**
 * Owns the folders that lie beside a result until it is whole. Their names tell the process that they belong to, so that the
 * next run removes what a killed one left, and never what a live one is filling.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

import { fileError } from "./errors.js";
import { markedProcess, parseMarked, processMark } from "./process-mark.js";
import { randomId } from "./random.js";
import { removeStubborn } from "./remove-stubborn.js";

/** What is filled, and what was in the result's place before. */
type Kind = "new" | "old";

/** Those of this process. */
const open = new Set<string>();

/** Makes an empty folder beside `target`, for {@link swapIn} or {@link removeTemporary}. Clears away what dead runs left there. */
export async function temporaryBeside(target: string): Promise<string> {
  await removeDead(target);
  const folder = await nameBeside(target, "new");
  open.add(folder);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw fileError("make the folder", folder, error);
  }
  return folder;
}

/** The same in the system's folder for such things, for this user's eyes only. */
export async function temporaryNamed(name: string): Promise<string> {
  const target = join(tmpdir(), name);
  await removeDead(target);
  const folder = await nameBeside(target, "new");
  open.add(folder);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    throw fileError("make the folder", folder, error);
  }
  return folder;
}

/** A folder that many runs never need: it is there once `make` was called. */
export interface LazyTemporary {
  readonly folder: string;
  readonly make: () => void;
  readonly remove: () => Promise<void>;
}

/** The same, made when it is needed; what dead runs left there is cleared away at the end. */
export async function lazyTemporaryBeside(target: string): Promise<LazyTemporary> {
  const folder = await nameBeside(target, "new");
  function make(): void {
    if (open.has(folder)) return;
    open.add(folder);
    mkdirSync(folder, { recursive: true });
  }
  async function remove(): Promise<void> {
    if (!open.has(folder)) return;
    await Promise.all([removeTemporary(folder), removeDead(target)]);
  }
  return { folder, make, remove };
}

/** Puts a folder in the place of `target`, which is removed. No signal's handler comes between the two renames. */
export async function swapIn(folder: string, target: string): Promise<void> {
  const old = existsSync(target) ? await nameBeside(target, "old") : undefined;
  if (old !== undefined) renameSync(target, old);
  renameSync(folder, target);
  open.delete(folder);
  if (old !== undefined) await removeTemporary(old);
}

/** Removes a folder that did not get its place; whatever happens meanwhile, it counts as this process's own. */
export async function removeTemporary(folder: string): Promise<void> {
  open.add(folder);
  await rm(folder, { recursive: true, force: true }).catch(() => removeStubborn(folder));
  open.delete(folder);
}

/** Removes all of this process at once, when it is told to stop; what its threads still write into is left to the next run. */
export function removeTemporaries(): void {
  for (const folder of open) {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 20 });
    } catch {
      removeStubborn(folder);
    }
  }
}

async function nameBeside(target: string, kind: Kind): Promise<string> {
  return `${target}.${await processMark()}.${randomId()}.${kind}`;
}

/** Removes what dead runs left beside `target`; what one had moved away without a replacement gets its place again. */
async function removeDead(target: string): Promise<void> {
  const [parent, name] = [dirname(target), basename(target)];
  const beside = await readdir(parent).catch((): string[] => []);
  for (const entry of beside.filter((other) => other.startsWith(`${name}.`))) {
    const { mark, end } = parseMarked(entry.slice(name.length + 1)) ?? {};
    if (mark === undefined || (end !== "new" && end !== "old") || (await markedProcess(mark)) !== "gone") continue;
    if (end === "old" && !existsSync(target)) renameSync(join(parent, entry), target);
    else await removeTemporary(join(parent, entry));
  }
}
