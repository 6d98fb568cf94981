/**
 * Owns the bytes of a part's files: each is read into one buffer that all share, and read once more when it is needed
 * again. A tree is read in little memory so; a file that changes meanwhile is told from the one that was read first.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

import { fileError, UnforkError } from "../../support/errors.js";
import { type FileStamp, stampOf } from "./file-stamp.js";

export interface FileContent {
  /** Stays valid. */
  readonly bytes: Buffer;
  /** The same without a copy; valid until another file is read. */
  readonly once: () => Buffer;
  /** Permission bits. */
  readonly mode: number;
  /** As it was before the content was read first. */
  readonly stamp: FileStamp;
}

/** Reads a file; with `known`, the stamp it had, not before somebody asks for its bytes. */
export type ReadContent = (path: string, known?: FileStamp) => FileContent;

/** Gives a function that reads files. Throws `input-missing`, `disk`, `state-invalid` for a file that changed meanwhile. */
export function createContents(): ReadContent {
  let buffer = Buffer.allocUnsafeSlow(1 << 18);
  let reads = 0;

  function readNow(path: string): { view: Buffer; stamp: FileStamp } {
    try {
      const handle = openSync(path, "r");
      try {
        const stamp = stampOf(fstatSync(handle));
        const [size] = stamp;
        if (size > buffer.length) buffer = Buffer.allocUnsafeSlow(size * 2);
        reads++;
        return { view: buffer.subarray(0, readWhole(handle, buffer, size)), stamp };
      } finally {
        closeSync(handle);
      }
    } catch (error) {
      throw fileError("read", path, error);
    }
  }

  return (path, known) => {
    const first = known === undefined ? readNow(path) : undefined;
    const stamp = known ?? (first as { stamp: FileStamp }).stamp;
    let [view, at] = [first?.view, reads];
    let copy: Buffer | undefined;
    function once(): Buffer {
      if (copy !== undefined) return copy;
      if (view !== undefined && at === reads) return view;
      const again = readNow(path);
      if (again.stamp.some((number, index) => number !== stamp[index])) throw changedMeanwhile(path);
      [view, at] = [again.view, reads];
      return again.view;
    }
    return {
      get bytes() {
        copy ??= Buffer.from(once());
        return copy;
      },
      once,
      mode: stamp[4] & 0o777,
      stamp,
    };
  };
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
