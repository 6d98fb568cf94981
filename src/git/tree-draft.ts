/** Owns a tree that is being changed: folders are read when they are asked for, and written only where something changed. */
import type { ByteString } from "./bytes.js";
import type { ObjectStore, ObjectType } from "./objects.js";
import { FOLDER, type TreeEntry, formatTree, parseTree } from "./tree.js";

/** What a path becomes, by byte string; null removes it. */
export type DraftChanges = ReadonlyMap<ByteString, TreeEntry | null>;

export interface TreeDraft {
  /** The entry at a path; a folder where one stands there. */
  readonly entry: (path: ByteString) => Promise<TreeEntry | undefined>;
  /** Changes files; what stands in the way of a new folder is replaced, folders that end empty vanish. */
  readonly apply: (changes: DraftChanges) => Promise<void>;
  /** Adds the changed folders to the objects and gives the id of the whole. */
  readonly write: () => string;
}

interface Folder {
  /** Its id as it was read or written last; undefined where something changed since. */
  id: string | undefined;
  entries: Map<ByteString, TreeEntry | Folder> | undefined;
}

/** Reads trees, each once. */
export type TreeReader = (id: string) => Promise<ReadonlyMap<ByteString, TreeEntry>>;

/** What a draft needs of the objects. */
export interface DraftObjects {
  readonly readTree: TreeReader;
  readonly add: (type: ObjectType, content: Uint8Array) => string;
}

/** Trees by id, parsed once for all who ask. */
export function treeReader(objects: Pick<ObjectStore, "read">): TreeReader {
  const known = new Map<string, Promise<ReadonlyMap<ByteString, TreeEntry>>>();
  return (id) => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const parsed = objects.read(id, "tree").then(parseTree);
    known.set(id, parsed);
    return parsed;
  };
}

export function openDraft(objects: DraftObjects, tree: string): TreeDraft {
  const root: Folder = { id: tree, entries: undefined };

  async function entriesOf(folder: Folder): Promise<Map<ByteString, TreeEntry | Folder>> {
    if (folder.entries !== undefined) return folder.entries;
    const read = folder.id === undefined ? new Map<ByteString, TreeEntry>() : await objects.readTree(folder.id);
    return (folder.entries ??= new Map(
      [...read].map(([name, known]) => [name, known.mode === FOLDER ? { id: known.id, entries: undefined } : known]),
    ));
  }

  async function entry(path: ByteString): Promise<TreeEntry | undefined> {
    let at: TreeEntry | Folder | undefined = root;
    for (const name of path.split("/")) {
      if (at === undefined || !isFolder(at)) return undefined;
      at = (await entriesOf(at)).get(name);
    }
    if (at === undefined || !isFolder(at)) return at;
    return { mode: FOLDER, id: at.id ?? writeFolder(objects, at) };
  }

  async function apply(changes: DraftChanges): Promise<void> {
    // Removals first: a file may become a folder in one change.
    for (const [path, next] of changes) if (next === null) await remove(root, path.split("/"));
    for (const [path, next] of changes) if (next !== null) await put(root, path.split("/"), next);
  }

  async function put(folder: Folder, names: readonly string[], next: TreeEntry): Promise<void> {
    const [name = "", ...rest] = names;
    const entries = await entriesOf(folder);
    folder.id = undefined;
    if (rest.length === 0) {
      entries.set(name, next);
      return;
    }
    const old = entries.get(name);
    const inner: Folder = old !== undefined && isFolder(old) ? old : { id: undefined, entries: new Map() };
    entries.set(name, inner);
    await put(inner, rest, next);
  }

  /** Whether the folder is left empty. */
  async function remove(folder: Folder, names: readonly string[]): Promise<boolean> {
    const [name = "", ...rest] = names;
    const entries = await entriesOf(folder);
    const old = entries.get(name);
    if (old === undefined) return false;
    folder.id = undefined;
    if (rest.length === 0) entries.delete(name);
    else if (isFolder(old) && (await remove(old, rest))) entries.delete(name);
    return entries.size === 0;
  }

  return { entry, apply, write: () => writeFolder(objects, root) };
}

function writeFolder(objects: DraftObjects, folder: Folder): string {
  if (folder.id !== undefined) return folder.id;
  const entries = new Map<ByteString, TreeEntry>();
  for (const [name, inner] of folder.entries ?? []) {
    entries.set(name, isFolder(inner) ? { mode: FOLDER, id: writeFolder(objects, inner) } : inner);
  }
  folder.id = objects.add("tree", formatTree(entries));
  return folder.id;
}

function isFolder(at: TreeEntry | Folder): at is Folder {
  return "entries" in at;
}
