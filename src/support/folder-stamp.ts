/** Owns the stamp of a folder: a quick sign that somebody has changed a file in it since the stamp was taken. */
import { lstat } from "node:fs/promises";
import { join } from "node:path";

import { listFiles } from "./fs.js";
import { sha256 } from "./hash.js";

/** Digest over path, size and modification time of every file; not over contents, so it holds for this folder on this machine only. */
export async function folderStamp(folder: string): Promise<string> {
  const paths = await listFiles(folder);
  const lines = await Promise.all(paths.map((path) => lineOf(folder, path)));
  return sha256(lines.join("\n"));
}

async function lineOf(folder: string, path: string): Promise<string> {
  const { size, mtimeMs } = await lstat(join(folder, path));
  return `${path}\0${size}\0${mtimeMs}`;
}
