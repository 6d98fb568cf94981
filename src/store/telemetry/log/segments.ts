/** Owns the log's files: their names, what a folder has of them, and the cut of an end that was never acknowledged. */
import { copyFile, open, readFile, readdir, rm, truncate } from "node:fs/promises";
import { join } from "node:path";

import { UnforkError, fileError, systemCodeOf } from "../../../support/errors.js";
import { writeFileAtomic } from "../../../support/fs.js";
import { wholeFrames } from "./frames.js";

const NAME = /^(\d{12})\.log$/;

export function logFolder(dir: string): string {
  return join(dir, "log");
}

export function segmentPath(dir: string, number: number): string {
  return join(logFolder(dir), `${String(number).padStart(12, "0")}.log`);
}

/** Numbers of all segments, lowest first. */
export async function listSegments(dir: string): Promise<number[]> {
  const names = await readdir(logFolder(dir)).catch((error: unknown) => noneThere(error));
  return names
    .flatMap((name) => Number(NAME.exec(name)?.[1] ?? []))
    .filter((number) => number > 0)
    .toSorted((a, b) => a - b);
}

function noneThere(error: unknown): string[] {
  if (systemCodeOf(error) === "ENOENT") return [];
  throw error;
}

export async function removeSegment(dir: string, number: number): Promise<void> {
  await rm(segmentPath(dir, number), { force: true });
}

/** What a segment holds. */
export interface RecoveredSegment {
  readonly number: number;
  readonly bytes: number;
  readonly records: number;
  /** Bytes that were taken out of it. */
  readonly cut: number;
}

/**
 * Reads an ended segment, and takes out what is not whole: the end of a write that was never acknowledged. Where whole frames follow
 * behind, the disk has damaged it: the file is kept as `<number>.damaged` beside what could be saved. Throws `disk`.
 */
export async function recoverSegment(dir: string, number: number): Promise<RecoveredSegment> {
  const path = segmentPath(dir, number);
  try {
    const data = await readFile(path);
    const { bytes, records, ranges } = wholeFrames(data);
    if (ranges.length > 1 || (ranges[0]?.[0] ?? 0) > 0) await replaceDamaged(path, ranges, data);
    else if (bytes < data.length) await truncateSynced(path, bytes);
    return { number, bytes, records, cut: data.length - bytes };
  } catch (error) {
    throw error instanceof UnforkError ? error : fileError("read", path, error);
  }
}

async function truncateSynced(path: string, bytes: number): Promise<void> {
  await truncate(path, bytes);
  const handle = await open(path, "r+");
  await handle.sync().finally(() => handle.close());
}

async function replaceDamaged(path: string, ranges: readonly (readonly [number, number])[], data: Buffer): Promise<void> {
  await copyFile(path, path.replace(/\.log$/, ".damaged"));
  await writeFileAtomic(path, Buffer.concat(ranges.map(([start, end]) => data.subarray(start, end))));
}
