/** Owns writes that are whole or not at all, and the walk over a tree. */
import { randomId } from "./random.js";
import { UnforkError, fileError, systemCodeOf } from "./errors.js";
import { closeSync, constants, existsSync, fsync, openSync, writeFileSync } from "node:fs";
import { access, mkdir, open, readFile, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { byText } from "./order.js";
import { removeTemporary, swapIn, temporaryBeside } from "./temporary-folders.js";

/** Makes a folder and those around it that are missing. Throws the system's error; on a file system like `/proc`, where Node's own recursive way does not end, too. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === "EEXIST" && (await stat(path)).isDirectory()) return;
    if (code !== "ENOENT" || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await mkdir(path).catch(unlessThere);
  }
}

/** Another process may have made it meanwhile. */
function unlessThere(error: unknown): void {
  if (systemCodeOf(error) !== "EEXIST") throw error;
}

/** Writes a file by temporary name, fsync and rename: a reader sees the old bytes or the new ones. Makes missing folders. */
export function writeFileAtomic(path: string, data: string | Uint8Array, mode = 0o644): Promise<void> {
  return writeFilesAtomic([{ path, data }], mode);
}

/** Several files: all written and synced side by side, then each takes its name, in order. */
export async function writeFilesAtomic(
  files: readonly { readonly path: string; readonly data: string | Uint8Array }[],
  mode = 0o644,
): Promise<void> {
  const written = files.map(({ path, data }) => ({ path, data, temporary: `${path}.${randomId()}.tmp` }));
  try {
    for (const { path } of written) if (!existsSync(dirname(path))) await makeFolder(dirname(path));
    await Promise.all(written.map(({ temporary, data }) => writeSynced(temporary, data, mode)));
    for (const { path, temporary } of written) await rename(temporary, path);
  } catch (error) {
    await Promise.all(written.map(({ temporary }) => rm(temporary, { force: true }).catch(() => undefined)));
    throw fileError("write", files[0]?.path ?? "", error);
  }
}

/** Without the objects that Node makes for files of promises; only the syncing takes so long that others need not wait. */
async function writeSynced(path: string, data: string | Uint8Array, mode: number): Promise<void> {
  const file = openSync(path, "wx", mode);
  try {
    writeFileSync(file, data);
    await new Promise<void>((resolve, reject) => {
      fsync(file, (error) => (error ? reject(error) : resolve()));
    });
  } finally {
    closeSync(file);
  }
}

/** What was renamed, made or removed in a folder outlives a power cut. Throws the system's error; where folders cannot be opened, nothing is done. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(path, "r");
  await handle.sync().finally(() => handle.close());
}

/** Reads a text file as UTF-8. Throws `input-missing` or `disk`. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw fileError("read", path, error);
  }
}

/** Reads a text file, or gives undefined when there is none. */
export async function readTextIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (systemCodeOf(error) === "ENOENT") return undefined;
    throw fileError("read", path, error);
  }
}

export async function exists(path: string): Promise<boolean> {
  try {
    await access(path, constants.F_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Fills a new folder beside `target` and puts it in target's place by rename; on any error the new
 * folder is removed and `target` stays as it was.
 */
export async function replaceFolder<T>(target: string, fill: (folder: string) => Promise<T>): Promise<T> {
  let fresh: string | undefined;
  try {
    fresh = await temporaryBeside(target);
    const value = await fill(fresh);
    await swapIn(fresh, target);
    return value;
  } catch (error) {
    if (fresh !== undefined) await removeTemporary(fresh);
    throw error instanceof UnforkError || systemCodeOf(error) === undefined ? error : fileError("write", target, error);
  }
}

/** Removes what killed runs left in a folder that is locked by this run (`.<id>.new`, `.<id>.old`, `.<id>.tmp`). */
export async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => /\.[0-9a-f]{12}\.(new|old|tmp)$/.test(name));
  await Promise.all(left.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}

/** Paths of all regular files below `root`, relative to it, `/`-separated, in byte order. Symbolic links are not followed. */
export async function listFiles(root: string): Promise<string[]> {
  const found: string[] = [];
  await collect(root, "", found);
  return found.toSorted(byText);
}

async function collect(root: string, prefix: string, found: string[]): Promise<void> {
  let entries;
  try {
    entries = await readdir(join(root, prefix), { withFileTypes: true });
  } catch (error) {
    throw fileError("read", join(root, prefix), error);
  }
  for (const entry of entries) {
    const path = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) await collect(root, path, found);
    else if (entry.isFile()) found.push(path);
  }
}
