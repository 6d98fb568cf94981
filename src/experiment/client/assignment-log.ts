/** Owns the log of assignments: a line is on disk before the library is used, so that a crash at start-up still counts. */
import { open, rename, stat } from "node:fs/promises";
import { join } from "node:path";

import { messageOf } from "../../support/errors.js";
import { makeFolder } from "../../support/fs.js";

/** A file is put aside at this size; one put aside before is dropped. */
const LARGEST = 8 * 1024 * 1024;

export interface AssignmentLog {
  /** Resolves when the line is on disk. */
  readonly add: (line: unknown) => Promise<void>;
}

/** A log in `assignments.ndjson`. Lines that come while others are being synced are written together. A full disk is told, not thrown. */
export function assignmentLog(folder: string, tell: (message: string) => void): AssignmentLog {
  let waiting: string[] = [];
  let running: Promise<void> | undefined;

  async function drain(): Promise<void> {
    await Promise.resolve();
    const text = waiting.join("");
    waiting = [];
    running = undefined;
    await append(folder, text).catch((error: unknown) => tell(`the log of assignments cannot be written: ${messageOf(error)}`));
  }
  let last: Promise<void> = Promise.resolve();
  return {
    add(line) {
      waiting.push(`${JSON.stringify(line)}\n`);
      if (running === undefined) {
        running = last.then(drain);
        last = running;
      }
      return running;
    },
  };
}

async function append(folder: string, text: string): Promise<void> {
  await makeFolder(folder);
  const path = join(folder, "assignments.ndjson");
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LARGEST) await rename(path, `${path}.old`);
  const handle = await open(path, "a", 0o600);
  try {
    await handle.appendFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
