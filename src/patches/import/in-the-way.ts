/** Owns the question what keeps a file from being written at a path of a tree. */
import type { ByteString } from "../../git/bytes.js";
import { FOLDER, type TreeEntry } from "../../git/tree.js";

/** What stands at a path. */
export type Lookup = (path: ByteString) => Promise<TreeEntry | undefined>;

/** A sentence, or undefined where nothing does. `leaving`: files that the patch itself takes away. */
export async function inTheWay(lookup: Lookup, leaving: ReadonlySet<ByteString>, path: ByteString): Promise<string | undefined> {
  if (isUnsafe(path)) return "a path with '.', '..' or '.git' in it is never written";
  if ((await lookup(path))?.mode === FOLDER) return "a folder stands in the file's place";
  const names = path.split("/");
  for (let depth = 1; depth < names.length; depth++) {
    const folder = names.slice(0, depth).join("/");
    const entry = leaving.has(folder) ? undefined : await lookup(folder);
    if (entry !== undefined && entry.mode !== FOLDER) return `${folder} is a file, not a folder`;
  }
  return undefined;
}

function isUnsafe(path: ByteString): boolean {
  return path.split("/").some((name) => name === "" || name === "." || name === ".." || name.toLowerCase() === ".git");
}
