/** Owns reads from an open file: whole ranges or an error, never a short read. */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { constants as bufferConstants } from "node:buffer";

import { UnforkError, fileError } from "../support/errors.js";
import { type Place, type View, dataView, refuse, viewOf } from "./view.js";

/** What an archive or object is read from: a file, or in tests some bytes. */
export interface Source {
  readonly path: string;
  readonly size: number;
  /** A range, in a buffer of its own; refused when the file does not hold it. */
  readonly read: (place: Place, offset: number, size: number, field: string) => Buffer;
  /** The same for ranges one after another; of a source that is read in passing valid until the next call. */
  readonly pass: (place: Place, offset: number, size: number, field: string) => Buffer;
  readonly close: () => void;
}

/** Opens a file that another one names. */
export type OpenSource = (path: string) => Source;

/** Up to this size a range is read together with what follows it. */
export const SMALL_READ = 0x4_0000;
const FIRST_WINDOW = 0x1_0000;
const LARGEST_WINDOW = 0x10_0000;
const LARGEST_READ = 0x4000_0000;

/**
 * Opens a regular file for reading. Throws `input-missing`, `input-invalid` or `disk`.
 *
 * @param inPassing one buffer serves all calls of `pass`
 */
export function openFile(path: string, inPassing = false): Source {
  const opened = openRegular(path);
  let descriptor: number | null = opened.descriptor;
  const { size, changed } = opened;
  const window = { buffer: Buffer.alloc(0), start: 0, end: 0, length: FIRST_WINDOW };

  function fill(place: Place, bytes: Buffer, offset: number, field: string): void {
    const again = descriptor === null ? openRegular(path) : null;
    try {
      if (again !== null && (again.size !== size || again.changed !== changed))
        refuse(place, field, offset, "the file has changed meanwhile");
      fillFrom(path, descriptor ?? again?.descriptor ?? -1, place, bytes, offset, field);
    } finally {
      if (again !== null) closeSync(again.descriptor);
    }
  }

  function read(place: Place, offset: number, length: number, field: string): Buffer {
    checkFile(place, offset, length, size, field);
    const bytes = Buffer.allocUnsafeSlow(length);
    fill(place, bytes, offset, field);
    return bytes;
  }

  function pass(place: Place, offset: number, length: number, field: string): Buffer {
    if (length > SMALL_READ) return read(place, offset, length, field);
    checkFile(place, offset, length, size, field);
    if (offset < window.start || offset + length > window.end) {
      const near = offset >= window.start && offset < window.end + FIRST_WINDOW;
      window.length = near ? Math.min(window.length * 4, LARGEST_WINDOW) : FIRST_WINDOW;
      const wanted = Math.min(Math.max(window.length, length), size - offset);
      if (!inPassing || window.buffer.length < wanted)
        window.buffer = Buffer.allocUnsafeSlow(Math.max(wanted, inPassing ? LARGEST_WINDOW : 0));
      fill(place, window.buffer.subarray(0, wanted), offset, field);
      window.start = offset;
      window.end = offset + wanted;
    }
    return window.buffer.subarray(offset - window.start, offset - window.start + length);
  }

  function close(): void {
    if (descriptor !== null) closeSync(descriptor);
    descriptor = null;
  }

  return { path, size, read, pass, close };
}

/** Some bytes as if they were a file. */
export function bytesSource(path: string, bytes: Buffer): Source {
  function read(place: Place, offset: number, size: number, field: string): Buffer {
    checkFile(place, offset, size, bytes.length, field);
    return bytes.subarray(offset, offset + size);
  }
  return { path, size: bytes.length, read, pass: read, close: () => undefined };
}

function openRegular(path: string): { descriptor: number; size: number; changed: number } {
  try {
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const status = fstatSync(descriptor);
    if (status.isFile()) return { descriptor, size: status.size, changed: status.mtimeMs };
    closeSync(descriptor);
  } catch (error) {
    throw fileError("read", path, error);
  }
  throw new UnforkError("input-invalid", `${path} is not a file`, { hint: "give an archive or an object file", context: { path } });
}

function checkFile(place: Place, offset: number, size: number, fileSize: number, field: string): void {
  if (offset < 0 || size < 0 || offset + size > fileSize) {
    refuse(place, field, offset, `${size} bytes are wanted, but the file ends at ${fileSize}`);
  }
  if (size > bufferConstants.MAX_LENGTH) refuse(place, field, offset, `${size} bytes are more than can be held at once`);
}

function fillFrom(path: string, descriptor: number, place: Place, bytes: Buffer, offset: number, field: string): void {
  for (let done = 0; done < bytes.length;) {
    const got = readOnce(path, descriptor, bytes, done, offset + done);
    if (got === 0) refuse(place, field, offset + done, "the file became shorter while it was read");
    done += got;
  }
}

function readOnce(path: string, descriptor: number, bytes: Buffer, at: number, position: number): number {
  try {
    return readSync(descriptor, bytes, at, Math.min(bytes.length - at, LARGEST_READ), position);
  } catch (error) {
    throw fileError("read", path, error);
  }
}

/** A part of a source as if it were a file. */
export function rangeSource(source: Source, start: number, size: number): Source {
  function within(read: Source["read"]): Source["read"] {
    return (place, offset, length, field) => {
      checkFile(place, offset, length, size, field);
      return read(place, start + offset, length, field);
    };
  }
  return { path: source.path, size, read: within(source.read), pass: within(source.pass), close: () => undefined };
}

/** Larger objects are read as far as needed. */
const LARGEST_WHOLE = 0x4000_0000;

/** The view of an object in a source: small ones are read as a whole; in passing, only what is needed of large ones. */
export function viewIn(source: Source, place: Place, offset: number, size: number, inPassing: boolean): View {
  if (size <= SMALL_READ) return viewOf(source.pass(place, offset, size, "object"), place);
  if (!inPassing && size <= LARGEST_WHOLE) return viewOf(source.read(place, offset, size, "object"), place);
  let bytes: Buffer | undefined;
  function load(at: number, length: number): Buffer {
    return bytes === undefined ? source.read(place, offset + at, length, "object") : bytes.subarray(at, at + length);
  }
  return {
    place,
    size,
    get bytes() {
      return (bytes ??= source.read(place, offset, size, "object"));
    },
    load,
    loadData: (at, length) => dataView(load(at, length)),
  };
}
