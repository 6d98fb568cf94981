/** Owns the difference between two trees, found by reading only the folders that differ. */
import type { ByteString } from "./bytes.js";
import type { TreeReader } from "./tree-draft.js";
import { FOLDER, type TreeEntry } from "./tree.js";
import { EMPTY_TREE, differingEntries } from "./tree-view.js";

/** A path that differs; null on the side that lacks it. Folders are looked into, never named. */
export interface TreeChange {
  readonly path: ByteString;
  readonly before: TreeEntry | null;
  readonly after: TreeEntry | null;
}

/**
 * Paths that differ, in byte order; a moved file is a removal and an addition. `before` null: the empty tree. With `only`, what
 * these files differ in; other folders are not looked into.
 */
export async function changesBetween(
  readTree: TreeReader,
  before: string | null,
  after: string,
  only?: Iterable<ByteString>,
): Promise<TreeChange[]> {
  const wanted = only === undefined ? undefined : withFolders(only);
  const changes: TreeChange[] = [];
  await compare(before, after, "");
  return changes.toSorted((a, b) => (a.path < b.path ? -1 : 1));

  async function compare(oldTree: string | null, newTree: string | null, prefix: ByteString): Promise<void> {
    if (oldTree === newTree) return;
    const [old, next] = await Promise.all([
      oldTree === null ? EMPTY_TREE : readTree(oldTree),
      newTree === null ? EMPTY_TREE : readTree(newTree),
    ]);
    const differing = differingEntries(old, next);
    await Promise.all(differing.map(({ name, before: was, after: now }) => compareEntries(was, now, prefix + name)));
  }

  async function compareEntries(old: TreeEntry | undefined, next: TreeEntry | undefined, path: ByteString): Promise<void> {
    const isWanted = wanted?.get(path);
    if (wanted !== undefined && isWanted === undefined) return;
    const files = { path, before: fileOf(old), after: fileOf(next) };
    if ((files.before !== null || files.after !== null) && isWanted !== false) changes.push(files);
    const folders = [old, next].map((entry) => (entry?.mode === FOLDER ? entry.id : null));
    if (folders[0] !== null || folders[1] !== null) await compare(folders[0] ?? null, folders[1] ?? null, `${path}/`);
  }
}

/** True: wanted; false: only on the way to what is. */
function withFolders(paths: Iterable<ByteString>): Map<ByteString, boolean> {
  const all = new Map<ByteString, boolean>();
  for (const path of paths) {
    all.set(path, true);
    for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
      const folder = path.slice(0, at);
      if (all.has(folder)) break;
      all.set(folder, false);
    }
  }
  return all;
}

function fileOf(entry: TreeEntry | undefined): TreeEntry | null {
  return entry === undefined || entry.mode === FOLDER ? null : entry;
}
