/** Owns waiting for another run that works on the same thing in the cache. */
import { sleep } from "../support/clock.js";
import { rm } from "node:fs/promises";

import { emit } from "../support/bus.js";
import { prepareLock, placeLock, readLock, removeLockIfStill } from "../support/lock-file.js";
import { startOf } from "../support/process-start.js";
import { randomId } from "../support/random.js";

const PAUSE_MS = 100;

/** Runs `act` while nobody else holds the lock at `path`; waits for living holders, clears dead ones away. */
export async function withCacheLock<T>(path: string, label: string, act: () => Promise<T>): Promise<T> {
  const mine = `${process.pid} ${(await startOf(process.pid)) ?? ""} ${randomId()}`;
  await prepareLock(path);
  let waited = false;
  while (!(await placeLock(path, mine))) {
    const holder = await readLock(path);
    if (holder !== undefined && !(await isAlive(holder))) await removeLockIfStill(path, holder);
    else {
      waited = true;
      emit({
        type: "progress",
        label: `${label}: waiting for process ${holder?.split(" ")[0] ?? "?"}`,
        done: 0,
        total: null,
        unit: "steps",
      });
      await sleep(PAUSE_MS);
    }
  }
  if (waited) emit({ type: "progress:end", label });
  try {
    return await act();
  } finally {
    if ((await readLock(path)) === mine) await rm(path, { force: true });
  }
}

async function isAlive(holder: string): Promise<boolean> {
  const [pid = "", started = ""] = holder.split(" ");
  return /^\d+$/.test(pid) && (await startOf(Number(pid))) === started;
}
