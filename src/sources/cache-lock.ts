/** Owns waiting for another run that works on the same thing in the cache. */
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

import { emit } from "../support/bus.js";
import { fileError, systemCodeOf } from "../support/errors.js";
import { startOf } from "../support/lock.js";
import { randomId } from "../support/random.js";

const PAUSE_MS = 100;

/** Runs `act` while nobody else holds the lock at `path`; waits for living holders, clears dead ones away. */
export async function withCacheLock<T>(path: string, label: string, act: () => Promise<T>): Promise<T> {
  const mine = `${process.pid} ${(await startOf(process.pid)) ?? ""} ${randomId()}`;
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => Promise.reject(fileError("write", path, error)));
  let waited = false;
  while (!(await place(path, mine))) {
    const holder = await holderOf(path);
    if (holder !== undefined && !(await isAlive(holder))) await clear(path, holder);
    else {
      waited = true;
      emit({
        type: "progress",
        label: `${label}: waiting for process ${holder?.split(" ")[0] ?? "?"}`,
        done: 0,
        total: null,
        unit: "steps",
      });
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
  if (waited) emit({ type: "progress:end", label });
  try {
    return await act();
  } finally {
    if ((await holderOf(path)) === mine) await rm(path, { force: true });
  }
}

async function place(path: string, mine: string): Promise<boolean> {
  const temporary = `${path}.${randomId()}.tmp`;
  try {
    await writeFile(temporary, mine);
    await link(temporary, path);
    return true;
  } catch (error) {
    if (systemCodeOf(error) === "EEXIST") return false;
    throw fileError("write", path, error);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function holderOf(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}

async function isAlive(holder: string): Promise<boolean> {
  const [pid = "", started = ""] = holder.split(" ");
  return /^\d+$/.test(pid) && (await startOf(Number(pid))) === started;
}

/** Takes a dead holder's lock away by rename, and puts it back when in the meantime it became another's. */
async function clear(path: string, holder: string): Promise<void> {
  const aside = `${path}.${randomId()}.tmp`;
  await rename(path, aside).catch(() => undefined);
  if ((await holderOf(aside)) !== holder) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}
