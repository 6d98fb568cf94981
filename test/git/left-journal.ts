/** Journals of moves of refs as other runs leave them. */
import { spawn } from "node:child_process";
import { hostname } from "node:os";
import { join } from "node:path";
import { utimesSync, writeFileSync } from "node:fs";

import type { RefUpdate } from "../../src/git/refs.js";
import { sha256 } from "../../src/support/hash.js";
import { markOf } from "../../src/support/process-mark.js";

/** Beyond the largest number of a process on Linux. */
export const DEAD = "4194305-1";

export interface Left {
  readonly run?: string;
  readonly git?: string;
  readonly host?: string;
  /** When it was written, in seconds before now. */
  readonly secondsAgo?: number;
}

let next = 0;

/** Gives the journal's path. Default: of a run that is dead, a minute ago. */
export function leaveJournal(gitFolder: string, updates: readonly RefUpdate[], left: Left = {}): string {
  const host = sha256(left.host ?? hostname()).slice(0, 6);
  const random = String(next++).padStart(12, "0");
  const path = join(gitFolder, `unfork-transaction.${left.run ?? DEAD}-${host}.${random}.json`);
  writeFileSync(path, JSON.stringify({ git: left.git ?? DEAD, updates }));
  written(path, left.secondsAgo ?? 60);
  return path;
}

/** Sets a file's time. */
export function written(path: string, secondsAgo: number): void {
  const when = Date.now() / 1000 - secondsAgo;
  utimesSync(path, when, when);
}

/** A process that lives until it is told to end. */
export async function livingProcess(): Promise<{ mark: string; end: () => void }> {
  const child = spawn("sleep", ["60"]);
  const mark = await markOf(child.pid ?? 0);
  return { mark, end: () => child.kill("SIGKILL") };
}
