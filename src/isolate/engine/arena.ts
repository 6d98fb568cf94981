/** Owns the reading of many files into few big buffers: no allocation per file, three system calls more than none. */
import { closeSync, fstatSync, openSync, readSync, type Stats } from "node:fs";

import { fileError, UnforkError } from "../../support/errors.js";

const BLOCK_BYTES = 8 << 20;

export interface ReadFile {
  /** The content, as a view into a block that further reads leave alone. */
  readonly bytes: Buffer;
  /** Permission bits. */
  readonly mode: number;
}

/** Gives a function that reads whole files; what it gave stays valid. Throws `input-missing`, `disk`, or `state-invalid` for one that changes meanwhile. */
export function createArena(): (path: string) => ReadFile {
  let block = Buffer.allocUnsafe(0);
  let used = 0;
  function room(size: number): void {
    if (block.length - used >= size) return;
    block = Buffer.allocUnsafe(Math.max(BLOCK_BYTES, size));
    used = 0;
  }
  return (path) => {
    try {
      const handle = openSync(path, "r");
      try {
        const stats = fstatSync(handle);
        const { mode, size } = stats;
        room(size);
        const start = used;
        used += readWhole(handle, block, start, size);
        requireSame(path, stats, fstatSync(handle));
        return { bytes: block.subarray(start, used), mode: mode & 0o777 };
      } finally {
        closeSync(handle);
      }
    } catch (error) {
      throw error instanceof UnforkError ? error : fileError("read", path, error);
    }
  };
}

/** Bytes of which some were read before a change and some behind it would be those of no version of the file. */
function requireSame(path: string, before: Stats, after: Stats): void {
  if (before.mtimeMs === after.mtimeMs && before.size === after.size) return;
  throw new UnforkError("state-invalid", `${path} changed while it was read`, {
    hint: "wait until nothing writes to the tree any more, then start again: nothing was half-written",
    context: { path },
  });
}

function readWhole(handle: number, block: Buffer, start: number, size: number): number {
  let done = 0;
  while (done < size) {
    const count = readSync(handle, block, start + done, size - done, null);
    if (count === 0) break;
    done += count;
  }
  return done;
}
