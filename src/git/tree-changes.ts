/** Owns the difference between two trees, found by reading only the folders that differ. */
import type { ByteString } from "./bytes.js";
import type { TreeReader } from "./tree-draft.js";
import { FOLDER, type TreeEntry } from "./tree.js";
import { EMPTY_TREE, type EntryChange, type TreeView, differingEntries } from "./tree-view.js";

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
  const wanted = only === undefined ? undefined : byFolder(only);
  const changes: TreeChange[] = [];
  await compare(before, after, "");
  return changes.toSorted((a, b) => (a.path < b.path ? -1 : 1));

  async function compare(oldTree: string | null, newTree: string | null, prefix: ByteString): Promise<void> {
    if (oldTree === newTree) return;
    const [old, next] = await Promise.all([
      oldTree === null ? EMPTY_TREE : readTree(oldTree),
      newTree === null ? EMPTY_TREE : readTree(newTree),
    ]);
    const differing = wanted === undefined ? differingEntries(old, next) : differingAmong(old, next, wanted.get(prefix) ?? new Map());
    await Promise.all(differing.map((change) => compareEntries(change, prefix)));
  }

  async function compareEntries({ name, before: old, after: next }: EntryChange, prefix: ByteString): Promise<void> {
    const path = prefix + name;
    const files = { path, before: fileOf(old), after: fileOf(next) };
    if ((files.before !== null || files.after !== null) && (wanted?.get(prefix)?.get(name) ?? true)) changes.push(files);
    const folders = [old, next].map((entry) => (entry?.mode === FOLDER ? entry.id : null));
    if (folders[0] !== null || folders[1] !== null) await compare(folders[0] ?? null, folders[1] ?? null, `${path}/`);
  }
}

/** For each folder (`""`, `a/`, `a/b/`) the names in it that lead to what is wanted; true for those that are wanted themselves. */
function byFolder(paths: Iterable<ByteString>): Map<ByteString, Map<ByteString, boolean>> {
  const all = new Map<ByteString, Map<ByteString, boolean>>();
  for (const path of paths) {
    let isWanted = true;
    for (let end = path.length; end > 0; isWanted = false) {
      const slash = path.lastIndexOf("/", end - 1);
      const [folder, name] = [path.slice(0, slash + 1), path.slice(slash + 1, end)];
      const names = all.get(folder) ?? new Map<ByteString, boolean>();
      all.set(folder, names);
      const isKnown = names.has(name);
      names.set(name, isWanted || names.get(name) === true);
      if (isKnown && !isWanted) break;
      end = slash;
    }
  }
  return all;
}

function differingAmong(before: TreeView, after: TreeView, names: ReadonlyMap<ByteString, boolean>): EntryChange[] {
  const entries = [...names.keys()].map((name) => ({ name, before: before.get(name), after: after.get(name) }));
  return entries.filter(({ before: old, after: next }) => old?.id !== next?.id || old?.mode !== next?.mode);
}

function fileOf(entry: TreeEntry | undefined): TreeEntry | null {
  return entry === undefined || entry.mode === FOLDER ? null : entry;
}
