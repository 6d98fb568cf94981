/** Owns the question whether somebody else ran ninja in our folder since we did. */
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";

import { readTextIfThere, writeFileAtomic } from "../../support/fs.js";

/** Holds the state of ninja's log after our last run that ended; not there while a run goes on, or after a kill. */
const SEEN_FILE = "ninja-log-seen.txt";

/**
 * Restored times (see same-inputs.ts) are right only while all objects come from what the records say. After a
 * ninja by hand, perhaps on an edited tree, nobody knows: then the records go, and everything is compiled anew.
 * To be called before the records are read; `runEnded` must follow when ninja ended by itself.
 */
export async function beginRun(folder: string, records: readonly string[]): Promise<void> {
  const seen = await readTextIfThere(join(folder, SEEN_FILE));
  if (seen !== undefined && seen !== (await logState(folder))) for (const record of records) await rm(record, { force: true });
  await rm(join(folder, SEEN_FILE), { force: true });
}

/** To be called when ninja has ended, well or badly, but not when it was killed. */
export async function runEnded(folder: string): Promise<void> {
  await writeFileAtomic(join(folder, SEEN_FILE), await logState(folder));
}

/** ninja appends to its log for every step it has done. */
async function logState(folder: string): Promise<string> {
  const found = await stat(join(folder, ".ninja_log")).catch(() => undefined);
  return found === undefined ? "none" : `${found.size} bytes at ${found.mtimeMs}`;
}
