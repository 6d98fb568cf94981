/** Owns the making of the output's folders, links and empty files: the file system's share of the work, done ahead of the bytes. */
import { closeSync, fchmodSync, mkdirSync, openSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { fileError, UnforkError } from "../../support/errors.js";
import type { TreeFile } from "./tree-files.js";

export interface CreateRequest {
  readonly source: string;
  /** Existing, empty folder. */
  readonly folder: string;
  readonly folders: readonly string[];
  readonly files: readonly TreeFile[];
  /** Whether regular files are made, too; else only folders and links. */
  readonly regular: boolean;
}

/** Makes them. Files get the permission bits of their sources. Throws `input-missing` or `disk`. */
export function createFiles({ source, folder, folders, files, regular }: CreateRequest): void {
  const create = createFileIn(folder);
  for (const path of folders) guarded(join(folder, path), (target) => mkdirSync(target));
  for (const { path, link, to, linkTo } of files) {
    if (link !== undefined) guarded(join(folder, to ?? path), (target) => symlinkSync(linkTo ?? link, target));
    else if (regular) guarded(join(folder, to ?? path), (target) => closeSync(create(target, modeOf(join(source, path)))));
  }
}

/**
 * Gives a function that creates a file, which must not exist yet, with exactly these permission bits and gives its
 * open handle. The umask is read from the folder, which was made with all bits: asking for it would set it for a moment.
 */
export function createFileIn(folder: string): (target: string, mode: number) => number {
  const masked = 0o777 & ~statSync(folder).mode;
  return (target, mode) => {
    const handle = openSync(target, "wx", mode);
    if ((mode & masked) !== 0) fchmodSync(handle, mode);
    return handle;
  };
}

function modeOf(path: string): number {
  try {
    return statSync(path).mode & 0o777;
  } catch (error) {
    throw fileError("read", path, error);
  }
}

function guarded(target: string, act: (target: string) => void): void {
  try {
    act(target);
  } catch (error) {
    throw error instanceof UnforkError ? error : fileError("write", target, error);
  }
}
