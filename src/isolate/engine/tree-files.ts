/** Owns the listing of an input tree: files, symbolic links with their target, folders. */
import { readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";

import { fileError } from "../../support/errors.js";

/** One entry of a tree, `/`-separated and relative to its root. */
export interface TreeFile {
  readonly path: string;
  /** Target of a symbolic link; links are kept, never followed. */
  readonly link?: string;
}

export interface Tree {
  /** In byte order of their paths. */
  readonly files: readonly TreeFile[];
  /** All folders, parents before children. */
  readonly folders: readonly string[];
}

/** Lists a tree. Version-control folders are part of no release and are left out. Throws `input-missing` or `disk`. */
export function listTree(root: string): Tree {
  const files: TreeFile[] = [];
  const folders: string[] = [];
  collect(root, "", files, folders);
  return { files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)), folders: folders.toSorted() };
}

function collect(root: string, prefix: string, files: TreeFile[], folders: string[]): void {
  try {
    for (const entry of readdirSync(join(root, prefix), { withFileTypes: true })) {
      const path = prefix + entry.name;
      if (entry.isDirectory()) {
        if (entry.name === ".git") continue;
        folders.push(path);
        collect(root, `${path}/`, files, folders);
      } else if (entry.isFile()) {
        files.push({ path });
      } else if (entry.isSymbolicLink()) {
        files.push({ path, link: readlinkSync(join(root, path)) });
      }
    }
  } catch (error) {
    throw fileError("read", join(root, prefix), error);
  }
}
