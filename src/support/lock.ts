/** Owns the lock of a project folder: one run at a time, and what a killed run left is cleared away. */
import { readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { sleep } from "./clock.js";
import { UnforkError } from "./errors.js";
import { markChildren } from "./exec.js";
import { prepareLock, placeLock, readLock, removeLockIfStill } from "./lock-file.js";
import { startOf } from "./process-start.js";
import { randomId } from "./random.js";

const MARKER = "UNFORK_LOCK_TOKEN";

interface LockHolder {
  readonly pid: number;
  /** Start time of the process in clock ticks since boot, so that a reused pid is not taken for the holder. */
  readonly started: string;
  readonly token: string;
  readonly command: string;
}

/**
 * Takes the lock at `path`, marks all children of this process with its token, and gives the function that
 * lets go. A lock whose holder is dead is taken over after its left-over children have been killed.
 * Throws `locked` when another live run holds it.
 */
export async function takeLock(path: string, command: string): Promise<() => Promise<void>> {
  const mine: LockHolder = { pid: process.pid, started: (await startOf(process.pid)) ?? "", token: randomId(), command };
  const text = JSON.stringify(mine);
  await prepareLock(path);
  while (!(await placeLock(path, text))) await clearStale(path);
  markChildren(MARKER, mine.token);
  return async () => {
    if ((await readLock(path)) === text) await rm(path, { force: true });
  };
}

async function clearStale(path: string): Promise<void> {
  const text = await readLock(path);
  if (text === undefined) return;
  const holder = holderIn(text, path);
  if ((await startOf(holder.pid)) === holder.started) {
    throw new UnforkError("locked", `another run works on this project: process ${holder.pid} (${holder.command})`, {
      hint: "wait until it has ended, or stop that process; then start again",
      context: { lock: path, pid: holder.pid },
    });
  }
  await killMarked(holder.token);
  await removeLockIfStill(path, text);
}

/** The holder that a lock file's text names. Throws `state-invalid` when the file is not one of ours. */
function holderIn(text: string, path: string): LockHolder {
  const value = parseJson(text);
  if (isHolder(value)) return value;
  throw new UnforkError("state-invalid", `the lock file ${path} is not one of ours`, {
    hint: "look at it, then remove it",
    context: { path },
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is LockHolder {
  return typeof value === "object" && value !== null && "pid" in value && "started" in value && "token" in value && "command" in value;
}

/** Kills the processes that bear the token of a dead run in their environment, and waits until they are gone. */
async function killMarked(token: string): Promise<void> {
  if (process.platform !== "linux") return;
  for (let round = 0; round < 100; round++) {
    const left = await markedProcesses(token);
    if (left.length === 0) return;
    for (const pid of left) killQuietly(pid);
    await sleep(20);
  }
}

async function markedProcesses(token: string): Promise<number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const marked = await Promise.all(pids.map(async (pid) => ((await bearsToken(pid, token)) ? pid : undefined)));
  return marked.filter((pid) => pid !== undefined && pid !== process.pid) as number[];
}

async function bearsToken(pid: number, token: string): Promise<boolean> {
  const environment = await readFile(join("/proc", String(pid), "environ"), "latin1").catch(() => "");
  return environment.split("\0").includes(`${MARKER}=${token}`) && (await startOf(pid)) !== undefined;
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
  }
}
