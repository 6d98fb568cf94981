/** Owns the `.gitattributes` of a tree as far as they speak of given paths, laid out where git looks for them: in a work tree of nothing else. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { fileError } from "../support/errors.js";
import type { ByteString } from "./bytes.js";
import type { ObjectPool } from "./object-pool.js";
import type { TreeEntry } from "./tree.js";

/** What stands at a path of the tree. */
export type EntryAt = (path: ByteString) => Promise<TreeEntry | undefined>;

/** Files by path, with their ids; see gitattributes(5). */
export type AttributeFiles = ReadonlyMap<ByteString, string>;

const NAME = ".gitattributes";

/** Those in the folders of the paths and in all above them. */
export async function attributeFiles(entryAt: EntryAt, paths: readonly ByteString[]): Promise<AttributeFiles> {
  const folders = [...new Set(paths.flatMap(foldersAbove))].toSorted().filter(isPlain);
  const files = folders.map((folder) => `${folder}${NAME}`);
  const entries = await Promise.all(files.map(entryAt));
  return new Map(files.flatMap((file, at) => (entries[at]?.mode.startsWith("100") === true ? [[file, entries[at].id] as const] : [])));
}

/** `""`, `a/`, `a/b/` for `a/b/c.h`. */
function foldersAbove(path: ByteString): ByteString[] {
  const names = path.split("/").slice(0, -1);
  return ["", ...names.map((_, at) => `${names.slice(0, at + 1).join("/")}/`)];
}

/** A tree may hold any name; these lead elsewhere on a disk. */
function isPlain(folder: ByteString): boolean {
  return folder.split("/").every((name) => name !== "." && name !== ".." && name.toLowerCase() !== ".git");
}

/** Writes them below a folder. */
export async function layOutAttributes(pool: ObjectPool, files: AttributeFiles, folder: string): Promise<void> {
  const contents = await Promise.all([...files.values()].map((id) => pool.read(id, "blob")));
  try {
    mkdirSync(folder, { recursive: true });
    for (const [at, file] of [...files.keys()].entries()) {
      const path = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(file, "latin1")]);
      mkdirSync(path.subarray(0, path.lastIndexOf(0x2f)), { recursive: true });
      writeFileSync(path, contents[at] ?? "");
    }
  } catch (error) {
    throw fileError("write", folder, error);
  }
}

/** `info/attributes` of the repository, which prevail over those of the tree. */
export function ownAttributes(objects: string): string {
  return textAt(join(dirname(objects), "info", "attributes"));
}

/** The repository's settings as text; those that they include are not in it. */
export function ownSettings(objects: string): string {
  return textAt(join(dirname(objects), "config"));
}

function textAt(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
