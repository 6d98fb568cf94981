/** Owns the writing of files of an isolated tree: bytes equal to an earlier output keep its file and its time. */
import { closeSync, fstatSync, linkSync, openSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";

import { fileError, systemCodeOf } from "../../support/errors.js";
import { createFileIn } from "./create-files.js";
import type { PartFile, PartOutput } from "./part-model.js";

/** Puts the first `length` bytes of `bytes` at `path` (relative) with these permission bits. Throws `disk`. */
export function createWriter(output: PartOutput): (file: PartFile, bytes: Buffer, length: number, mode: number) => void {
  const { folder } = output;
  if (folder === undefined) return () => undefined;
  const open = output.created ? (target: string): number => openSync(target, "r+") : createFileIn(folder);
  let compared = Buffer.allocUnsafe(0);
  return ({ index, path: from, to }, bytes, length, mode) => {
    const path = to ?? from;
    const target = `${folder}/${output.staged === undefined ? path : index}`;
    if (output.staged !== undefined) {
      if (compared.length < length + 1) compared = Buffer.allocUnsafe(length + 1 + (length >> 1));
      if (isEqualThere(join(output.staged, path), bytes, length, mode, compared)) return;
    } else if (output.earlier !== undefined) {
      if (compared.length < length + 1) compared = Buffer.allocUnsafe(length + 1 + (length >> 1));
      if (keepIfEqual(join(output.earlier, path), target, bytes, length, mode, compared)) return;
    }
    try {
      writeBytes(open(target, mode), bytes, length);
    } catch (error) {
      throw fileError("write", target, error);
    }
  };
}

function writeBytes(handle: number, bytes: Buffer, length: number): void {
  try {
    let done = 0;
    while (done < length) done += writeSync(handle, bytes, done, length - done);
  } finally {
    closeSync(handle);
  }
}

function isEqualThere(path: string, bytes: Buffer, length: number, mode: number, compared: Buffer): boolean {
  try {
    return isEqual(path, bytes, length, mode, compared);
  } catch (error) {
    if (REWRITE.has(systemCodeOf(error) ?? "")) return false;
    throw error;
  }
}

/** Links the earlier file to the target when it is a regular file of the same mode and bytes. */
function keepIfEqual(earlier: string, target: string, bytes: Buffer, length: number, mode: number, compared: Buffer): boolean {
  try {
    if (!isEqual(earlier, bytes, length, mode, compared)) return false;
    linkSync(earlier, target);
    return true;
  } catch (error) {
    if (REWRITE.has(systemCodeOf(error) ?? "")) return false;
    throw error;
  }
}

/** What an earlier output may have become in the meantime: then the file is simply written anew. */
const REWRITE: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "EACCES", "EPERM", "ELOOP", "EMLINK", "EISDIR", "EXDEV", "ENXIO"]);

function isEqual(earlier: string, bytes: Buffer, length: number, mode: number, compared: Buffer): boolean {
  const handle = openSync(earlier, "r");
  try {
    const found = fstatSync(handle);
    if (!found.isFile() || found.size !== length || (found.mode & 0o777) !== mode) return false;
    let done = 0;
    for (let count = 1; count > 0 && done < length; done += count) count = readSync(handle, compared, done, length - done, null);
    return done === length && compared.compare(bytes, 0, length, 0, length) === 0;
  } finally {
    closeSync(handle);
  }
}
