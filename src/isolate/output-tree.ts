/** Owns the writing of an isolated tree: new bytes are written, bytes equal to an earlier output keep its file and its time. */
import { closeSync, linkSync, mkdirSync, openSync, readFileSync, statSync, symlinkSync, writeSync } from "node:fs";
import { join } from "node:path";

import { systemCodeOf } from "../support/errors.js";

/** Writes into `folder`; `earlier` is the output of a former run, or undefined. */
export interface OutputTree {
  readonly folder: string;
  readonly earlier: string | undefined;
}

export function makeFolders(output: OutputTree, folders: readonly string[]): void {
  for (const folder of folders) mkdirSync(join(output.folder, folder));
}

/** Puts a file with these bytes and permission bits; true when the earlier output already had it. */
export function putFile(output: OutputTree, path: string, bytes: Buffer, mode: number): boolean {
  const target = join(output.folder, path);
  if (output.earlier !== undefined && linkIfEqual(join(output.earlier, path), target, bytes, mode)) return true;
  const handle = openSync(target, "wx", mode);
  try {
    let done = 0;
    while (done < bytes.length) done += writeSync(handle, bytes, done);
  } finally {
    closeSync(handle);
  }
  return false;
}

export function putLink(output: OutputTree, path: string, link: string): void {
  symlinkSync(link, join(output.folder, path));
}

function linkIfEqual(earlier: string, target: string, bytes: Buffer, mode: number): boolean {
  try {
    const found = statSync(earlier, { throwIfNoEntry: false });
    if (found === undefined || !found.isFile() || found.size !== bytes.length || (found.mode & 0o777) !== mode) return false;
    if (!readFileSync(earlier).equals(bytes)) return false;
    linkSync(earlier, target);
    return true;
  } catch (error) {
    if (["EACCES", "EPERM", "ELOOP", "EMLINK", "ENOENT", "ENOTDIR"].includes(systemCodeOf(error) ?? "")) return false;
    throw error;
  }
}
