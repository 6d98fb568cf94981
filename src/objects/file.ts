/** Owns reads from an open file: whole ranges or an error, never a short read. */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { constants as bufferConstants } from "node:buffer";

import { UnforkError, fileError } from "../support/errors.js";
import { type Place, refuse } from "./view.js";

export interface OpenFile {
  readonly path: string;
  readonly descriptor: number;
  readonly size: number;
}

const LARGEST_READ = 0x4000_0000;

/** Opens a regular file for reading; close it with `closeFile`. Throws `input-missing`, `input-invalid` or `disk`. */
export function openFile(path: string): OpenFile {
  try {
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const status = fstatSync(descriptor);
    if (status.isFile()) return { path, descriptor, size: status.size };
    closeSync(descriptor);
  } catch (error) {
    throw fileError("read", path, error);
  }
  throw new UnforkError("input-invalid", `${path} is not a file`, { hint: "give an archive or an object file", context: { path } });
}

export function closeFile(file: OpenFile): void {
  closeSync(file.descriptor);
}

/** The bytes of a range, refused when the file does not hold it. */
export function readRange(file: OpenFile, place: Place, offset: number, size: number, field: string): Buffer {
  if (offset + size > file.size) refuse(place, field, offset, `${size} bytes are wanted, but the file ends at ${file.size}`);
  if (size > bufferConstants.MAX_LENGTH) refuse(place, field, offset, `${size} bytes are more than can be held at once`);
  const bytes = Buffer.allocUnsafeSlow(size);
  fill(file, place, bytes, offset, field);
  return bytes;
}

function fill(file: OpenFile, place: Place, bytes: Buffer, offset: number, field: string): void {
  for (let done = 0; done < bytes.length;) {
    const got = readOnce(file, bytes, done, offset + done);
    if (got === 0) refuse(place, field, offset + done, "the file became shorter while it was read");
    done += got;
  }
}

function readOnce(file: OpenFile, bytes: Buffer, at: number, position: number): number {
  try {
    return readSync(file.descriptor, bytes, at, Math.min(bytes.length - at, LARGEST_READ), position);
  } catch (error) {
    throw fileError("read", file.path, error);
  }
}
