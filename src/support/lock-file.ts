/** Owns the two steps on a lock file that must not be halved: placing it, and taking a dead holder's away. */
import { makeFolder } from "./fs.js";
import { link, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { fileError, systemCodeOf } from "./errors.js";
import { isAlive } from "./process-start.js";
import { randomId } from "./random.js";

/** Makes the folder that a lock file lies in, and clears away what killed processes left half done beside the lock. Throws `disk`. */
export async function prepareLock(path: string): Promise<void> {
  await makeFolder(dirname(path)).catch((error: unknown) => Promise.reject(fileError("write", path, error)));
  const names = await readdir(dirname(path)).catch(() => []);
  const left = names.filter((name) => isLeftover(name, basename(path)));
  await Promise.all(left.map((name) => rm(join(dirname(path), name), { force: true })));
}

/** A name that only this process uses; it tells later runs whose it was. */
function nameBeside(path: string, kind: "tmp" | "old"): string {
  return `${path}.${process.pid}.${randomId()}.${kind}`;
}

function isLeftover(name: string, lock: string): boolean {
  const match = name.startsWith(`${lock}.`) ? /^(\d+)\.[0-9a-f]{12}\.(?:tmp|old)$/.exec(name.slice(lock.length + 1)) : null;
  return match !== null && !isAlive(Number(match[1]));
}

/** Places the file with its whole text at once; false when one is there already. Throws `disk`. */
export async function placeLock(path: string, text: string): Promise<boolean> {
  const temporary = nameBeside(path, "tmp");
  try {
    await writeFile(temporary, text);
    await link(temporary, path);
    return true;
  } catch (error) {
    if (systemCodeOf(error) === "EEXIST") return false;
    throw fileError("write", path, error);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Takes the file away by rename if it still has this text, and puts it back when in the meantime it became another's. Throws `disk`. */
export async function removeLockIfStill(path: string, text: string): Promise<void> {
  const aside = nameBeside(path, "old");
  try {
    await rename(path, aside);
  } catch (error) {
    if (systemCodeOf(error) === "ENOENT") return;
    throw fileError("write", path, error);
  }
  if ((await readLock(aside)) !== text) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

/** The file's text, or undefined when there is none. Throws `disk`. */
export async function readLock(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (systemCodeOf(error) === "ENOENT") return undefined;
    throw fileError("read", path, error);
  }
}
