/**
 * Owns the log's end: what waits for the disk goes out in one write and one fdatasync, and only then is it told to be there. One commit
 * is under way at a time; what comes meanwhile is the next one.
 */
import { type FileHandle, open } from "node:fs/promises";

import { makeFolder, syncFolder } from "../../../support/fs.js";
import { frameOf } from "./frames.js";
import { logFolder, segmentPath } from "./segments.js";

export interface SegmentWriterOptions {
  readonly dir: string;
  /** Number of the first segment; none of this number or a higher one is there. */
  readonly first: number;
  /** A segment that has reached this is left, and the next begun. */
  readonly segmentBytes: number;
  /** No commit is larger than this, unless a single batch is. */
  readonly commitBytes: number;
}

export interface SegmentWriter {
  /** Resolves when the records are on the disk; rejects with the system's error when they may not be. */
  append(records: string, count: number): Promise<void>;
  /** Ends the segment once nothing is under way; the number of the last one that has an end, 0 where none was begun. */
  seal(): Promise<number>;
  pendingBytes(): number;
  /** Bytes of all commits since it was made. */
  writtenBytes(): number;
  commits(): number;
}

interface Waiting {
  readonly records: string;
  readonly count: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface OpenSegment {
  readonly handle: FileHandle;
  bytes: number;
}

export function createSegmentWriter({ dir, first, segmentBytes, commitBytes }: SegmentWriterOptions): SegmentWriter {
  let next = first;
  let segment: OpenSegment | undefined;
  let waiting: Waiting[] = [];
  let pending = 0;
  let commits = 0;
  let written = 0;
  let isRunning = false;
  let sealers: (() => void)[] = [];

  function append(records: string, count: number): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      waiting.push({ records, count, resolve, reject });
      pending += records.length;
      if (!isRunning) void commitAll();
    });
  }

  async function commitAll(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0 || sealers.length > 0) {
      if (sealers.length > 0) await sealNow();
      else await commit(takeBatch());
    }
    isRunning = false;
  }

  async function sealNow(): Promise<void> {
    const told = sealers;
    sealers = [];
    await end();
    for (const tell of told) tell();
  }

  function takeBatch(): Waiting[] {
    let bytes = 0;
    const count = waiting.findIndex(({ records }, index) => (bytes += records.length) > commitBytes && index > 0);
    const batch = count === -1 ? waiting : waiting.slice(0, count);
    waiting = count === -1 ? [] : waiting.slice(count);
    return batch;
  }

  async function commit(batch: readonly Waiting[]): Promise<void> {
    const settle = await write(batch).then(
      () => (one: Waiting) => one.resolve(),
      (error: unknown) => (one: Waiting) => one.reject(error),
    );
    for (const one of batch) {
      pending -= one.records.length;
      settle(one);
    }
  }

  async function write(batch: readonly Waiting[]): Promise<void> {
    const frame = frameOf(
      batch.map(({ records }) => records),
      batch.reduce((sum, { count }) => sum + count, 0),
    );
    const to = (segment ??= await begin());
    await writeWhole(to.handle, frame, to.bytes).catch((error: unknown) => cutBack(to, error));
    await to.handle.datasync().catch((error: unknown) => leave(to, error));
    to.bytes += frame.length;
    written += frame.length;
    commits++;
    if (to.bytes >= segmentBytes) await end();
  }

  async function begin(): Promise<OpenSegment> {
    await makeFolder(logFolder(dir));
    const handle = await open(segmentPath(dir, next), "wx");
    next++;
    await syncFolder(logFolder(dir)).catch(async (error: unknown) => {
      await handle.close();
      throw error;
    });
    return { handle, bytes: 0 };
  }

  /** No room, say: what was written of the frame is taken back, and the segment goes on. */
  async function cutBack(to: OpenSegment, error: unknown): Promise<never> {
    await to.handle.truncate(to.bytes).catch(() => leave(to, error));
    throw error;
  }

  /** After a failed sync nobody knows what of it is on the disk: the segment stays as it is, and the next commit goes to a new one. */
  async function leave(broken: OpenSegment, error: unknown): Promise<never> {
    segment = undefined;
    await broken.handle.close().catch(() => undefined);
    throw error;
  }

  async function end(): Promise<void> {
    const ended = segment;
    segment = undefined;
    await ended?.handle.close().catch(() => undefined);
  }

  function seal(): Promise<number> {
    return new Promise((resolve) => {
      sealers.push(() => resolve(next - 1));
      if (!isRunning) void commitAll();
    });
  }

  return {
    append,
    seal,
    pendingBytes: () => pending,
    writtenBytes: () => written,
    commits: () => commits,
  };
}

async function writeWhole(handle: FileHandle, data: Buffer, position: number): Promise<void> {
  let done = 0;
  while (done < data.length) done += (await handle.write(data, done, data.length - done, position + done)).bytesWritten;
}
