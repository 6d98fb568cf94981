/**
 * Owns the bytes of a part's files: the first are kept, the others read into one buffer that all share, and read once more when
 * they are needed again. The memory is bounded so; a file that changes meanwhile is told from the one that was read first.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

import { fileError, UnforkError } from "../../support/errors.js";
import { type FileStamp, stampOf } from "./file-stamp.js";

export interface FileContent {
  /** The bytes; valid until another file is read. */
  readonly once: () => Buffer;
  /** Permission bits. */
  readonly mode: number;
  /** As it was before the content was read first. */
  readonly stamp: FileStamp;
}

/** Reads a file; with `known`, the stamp it had, not before somebody asks for its bytes. */
export type ReadContent = (path: string, known?: FileStamp) => FileContent;

/** So many bytes are kept from the first reading on; files behind them share one buffer, and are read once more. */
const KEPT_BYTES = 20 << 20;

/** Kept files lie in blocks of this size, larger ones by themselves. */
const BLOCK_BYTES = 1 << 20;

/** Gives a function that reads files. Throws `input-missing`, `disk`, `state-invalid` for a file that changed meanwhile. */
export function createContents(keptBytes = KEPT_BYTES): ReadContent {
  const roomFor = createRoom(keptBytes);
  let buffer = Buffer.allocUnsafeSlow(1 << 18);
  let reads = 0;

  function readNow(path: string, keeps: boolean): { view: Buffer; stamp: FileStamp; kept: boolean } {
    try {
      const handle = openSync(path, "r");
      try {
        const stamp = stampOf(fstatSync(handle));
        const [size] = stamp;
        const own = keeps ? roomFor(size) : undefined;
        if (own !== undefined) {
          const view = own.subarray(0, readWhole(handle, own, size));
          requireSame(path, stamp, stampOf(fstatSync(handle)));
          return { view, stamp, kept: true };
        }
        if (size > buffer.length) buffer = Buffer.allocUnsafeSlow(size * 2);
        reads++;
        return { view: buffer.subarray(0, readWhole(handle, buffer, size)), stamp, kept: false };
      } finally {
        closeSync(handle);
      }
    } catch (error) {
      throw error instanceof UnforkError ? error : fileError("read", path, error);
    }
  }

  return (path, known) => {
    const first = known === undefined ? readNow(path, true) : undefined;
    const stamp = known ?? (first as { stamp: FileStamp }).stamp;
    let [view, at] = [first?.view, reads];
    const kept = first?.kept === true ? first.view : undefined;
    function once(): Buffer {
      if (kept !== undefined) return kept;
      if (view !== undefined && at === reads) return view;
      const again = readNow(path, false);
      requireSame(path, stamp, again.stamp);
      [view, at] = [again.view, reads];
      return again.view;
    }
    return {
      once,
      mode: stamp[4] & 0o777,
      stamp,
    };
  };
}

/** Gives rooms for files, until so many bytes are given away. */
function createRoom(bytes: number): (size: number) => Buffer | undefined {
  let left = bytes;
  let block = Buffer.alloc(0);
  return (size) => {
    if (size > left) return undefined;
    left -= size;
    if (size > BLOCK_BYTES / 4) return Buffer.allocUnsafeSlow(size);
    if (size > block.length) block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
    const room = block.subarray(0, size);
    block = block.subarray(size);
    return room;
  };
}

/** A file that changed between two looks may have been read half before and half behind it. */
function requireSame(path: string, before: FileStamp, now: FileStamp): void {
  if (now.some((number, index) => number !== before[index])) throw changedMeanwhile(path);
}

function readWhole(handle: number, buffer: Buffer, size: number): number {
  let done = 0;
  while (done < size) {
    const count = readSync(handle, buffer, done, size - done, null);
    if (count === 0) break;
    done += count;
  }
  return done;
}

function changedMeanwhile(path: string): UnforkError {
  return new UnforkError("state-invalid", `${path} changed while its tree was isolated`, {
    hint: "run again when nothing writes to the tree any more",
    context: { path },
  });
}
