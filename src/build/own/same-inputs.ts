/** Owns freshness by content: a tree that was written anew with the same bytes is not compiled anew. */
import { readFile, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

import { wallClockIso } from "../../support/clock.js";
import { fileError } from "../../support/errors.js";
import { listFiles, readTextIfThere, writeFileAtomic } from "../../support/fs.js";
import { canonicalJson, sha256 } from "../../support/hash.js";

const recordSchema = z.record(z.string(), z.strictObject({ sha256: z.string(), mtimeMs: z.number(), size: z.number() }));
type InputRecord = z.infer<typeof recordSchema>;
type Input = InputRecord[string];

const PARALLEL = 8;

/**
 * ninja goes by time. Isolation writes the whole tree anew in every run; so before ninja starts, each file of
 * `tree` whose bytes are those of the last build gets the time it had then, and every other file gets the time
 * of now, whatever time it came with. `recordPath` keeps digest and time per file, beside ninja's own log.
 *
 * A kill between touching and recording is harmless: the file differs from the record and is touched again.
 */
export async function settleTimes(tree: string, recordPath: string): Promise<void> {
  const before = await readRecord(recordPath);
  const now = Math.floor(Date.parse(wallClockIso()));
  const after: InputRecord = {};
  const waiting = (await listFiles(tree)).values();
  async function work(): Promise<void> {
    for (const path of waiting) after[path] = await settle(join(tree, path), before[path], now);
  }
  await Promise.all(Array.from({ length: PARALLEL }, work));
  const text = canonicalJson(after);
  if (text !== canonicalJson(before)) await writeFileAtomic(recordPath, text);
}

async function settle(path: string, known: Input | undefined, now: number): Promise<Input> {
  try {
    const found = await stat(path);
    if (known !== undefined && wholeMs(found.mtimeMs) === known.mtimeMs && found.size === known.size) return known;
    const digest = sha256(await readFile(path));
    const mtimeMs = known?.sha256 === digest ? known.mtimeMs : now;
    await utimes(path, mtimeMs / 1000, mtimeMs / 1000);
    return { sha256: digest, mtimeMs, size: found.size };
  } catch (error) {
    throw fileError("read", path, error);
  }
}

/** Times are set and kept in whole milliseconds: finer ones come back from the file system a little less than they were set. */
function wholeMs(mtimeMs: number): number {
  return Math.round(mtimeMs);
}

/** A record that is missing or spoilt counts as empty: then everything is compiled anew, which is always right. */
async function readRecord(path: string): Promise<InputRecord> {
  const text = await readTextIfThere(path);
  if (text === undefined) return {};
  try {
    return recordSchema.parse(JSON.parse(text));
  } catch {
    return {};
  }
}
