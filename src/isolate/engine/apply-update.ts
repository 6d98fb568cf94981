/**
 * Owns the replacement of a few files of an output. All new files lie ready in one folder with a list before it takes its
 * place in the output by one rename: from then on a run that was killed is finished by the next one, before that it never was.
 */
import { open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { fileError, systemCodeOf } from "../../support/errors.js";
import { exists } from "../../support/fs.js";

const UPDATE_FOLDER = ".unfork-isolation.update";
const LIST = "list.json";

/** A file of the staging folder and where it belongs, relative to the output. */
export type StagedFile = readonly [name: string, path: string];

/** Puts the staged files into the output, in their order. Throws `disk`. */
export async function applyUpdate(target: string, staging: string, files: readonly StagedFile[]): Promise<void> {
  try {
    await writeFile(join(staging, LIST), JSON.stringify(files));
    await Promise.all([LIST, ...files.map(([name]) => name)].map((name) => synced(join(staging, name))));
    await rename(staging, join(target, UPDATE_FOLDER));
  } catch (error) {
    throw fileError("write", target, error);
  }
  await finishUpdate(target);
}

async function synced(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Finishes the update of an output that was cut short; without one, or an output, nothing happens. Throws `disk`. */
export async function finishUpdate(target: string): Promise<void> {
  const folder = join(target, UPDATE_FOLDER);
  if (!(await exists(folder))) return;
  try {
    for (const [name, path] of await listIn(folder)) await renamed(join(folder, name), join(target, path));
    await rm(folder, { recursive: true, force: true });
  } catch (error) {
    throw fileError("write", folder, error);
  }
}

/** Whether an update of the output was cut short. */
export function isUpdating(target: string): Promise<boolean> {
  return exists(join(target, UPDATE_FOLDER));
}

/** The list is whole when the folder is in its place; where a loss of power took it, the next run finds what is missing. */
async function listIn(folder: string): Promise<readonly StagedFile[]> {
  try {
    return JSON.parse(await readFile(join(folder, LIST), "utf8")) as readonly StagedFile[];
  } catch {
    return [];
  }
}

async function renamed(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (systemCodeOf(error) !== "ENOENT") throw error;
  }
}
