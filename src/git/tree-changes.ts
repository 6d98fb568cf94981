/** Owns the difference between two trees, found by reading only the folders that differ. */
import type { ByteString } from "./bytes.js";
import type { TreeReader } from "./tree-draft.js";
import { FOLDER, type TreeEntry } from "./tree.js";

/** A path that differs; null on the side that lacks it. Folders are looked into, never named. */
export interface TreeChange {
  readonly path: ByteString;
  readonly before: TreeEntry | null;
  readonly after: TreeEntry | null;
}

/** Paths that differ, in byte order; a moved file is a removal and an addition. `before` null: the empty tree. */
export async function changesBetween(readTree: TreeReader, before: string | null, after: string): Promise<TreeChange[]> {
  const changes: TreeChange[] = [];
  await compare(before, after, "");
  return changes.toSorted((a, b) => (a.path < b.path ? -1 : 1));

  async function compare(oldTree: string | null, newTree: string | null, prefix: ByteString): Promise<void> {
    if (oldTree === newTree) return;
    const [old, next] = await Promise.all([oldTree === null ? NOTHING : readTree(oldTree), newTree === null ? NOTHING : readTree(newTree)]);
    const names = new Set([...old.keys(), ...next.keys()]);
    await Promise.all([...names].map((name) => compareEntries(old.get(name), next.get(name), prefix + name)));
  }

  async function compareEntries(old: TreeEntry | undefined, next: TreeEntry | undefined, path: ByteString): Promise<void> {
    if (old?.id === next?.id && old?.mode === next?.mode) return;
    const files = { path, before: fileOf(old), after: fileOf(next) };
    if (files.before !== null || files.after !== null) changes.push(files);
    const folders = [old, next].map((entry) => (entry?.mode === FOLDER ? entry.id : null));
    await compare(folders[0] ?? null, folders[1] ?? null, `${path}/`);
  }
}

const NOTHING: ReadonlyMap<ByteString, TreeEntry> = new Map();

function fileOf(entry: TreeEntry | undefined): TreeEntry | null {
  return entry === undefined || entry.mode === FOLDER ? null : entry;
}
