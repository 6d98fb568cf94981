/** Owns a tree that is being changed: folders are read when they are asked for, and written only where something changed. */
import type { ByteString } from "./bytes.js";
import type { ObjectStore, ObjectType } from "./objects.js";
import { FOLDER, type TreeEntry, formatTree } from "./tree.js";
import { EMPTY_TREE, type TreeView, viewTree } from "./tree-view.js";

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
  /** Its entries as they were read or written last. */
  view: TreeView | undefined;
  /** What changed since. */
  readonly changed: Map<ByteString, TreeEntry | Folder | null>;
  /** Folders inside that were changed at some time. */
  readonly inner: Map<ByteString, Folder>;
}

/** Reads trees, each once. */
export type TreeReader = (id: string) => Promise<TreeView>;

/** What a draft needs of the objects. */
export interface DraftObjects {
  readonly readTree: TreeReader;
  readonly add: (type: ObjectType, content: Uint8Array) => string;
}

/** Trees by id, read once for all who ask. */
export function treeReader(objects: Pick<ObjectStore, "read">): TreeReader {
  const known = new Map<string, Promise<TreeView>>();
  return (id) => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const view = objects.read(id, "tree").then(viewTree);
    known.set(id, view);
    return view;
  };
}

export function openDraft(objects: DraftObjects, tree: string): TreeDraft {
  const root = folderOf(tree);

  async function viewOf(folder: Folder): Promise<TreeView> {
    return (folder.view ??= folder.id === undefined ? EMPTY_TREE : await objects.readTree(folder.id));
  }

  async function inside(folder: Folder, name: ByteString): Promise<TreeEntry | Folder | undefined> {
    const changed = folder.changed.get(name);
    if (changed !== undefined) return changed ?? undefined;
    return folder.inner.get(name) ?? (folder.view ?? (await viewOf(folder))).get(name);
  }

  async function entry(path: ByteString): Promise<TreeEntry | undefined> {
    let at: TreeEntry | Folder | undefined = root;
    for (const name of path.split("/")) {
      if (at === undefined) return undefined;
      if (isFolder(at)) at = await inside(at, name);
      else if (at.mode === FOLDER) at = (await objects.readTree(at.id)).get(name);
      else return undefined;
    }
    return at === undefined || !isFolder(at) ? at : { mode: FOLDER, id: at.id ?? writeFolder(objects, at) };
  }

  async function apply(changes: DraftChanges): Promise<void> {
    // Removals first: a file may become a folder in one change.
    for (const [path, next] of changes) if (next === null) await remove(root, path.split("/"));
    for (const [path, next] of changes) if (next !== null) await put(path.split("/"), next);
  }

  async function put(names: readonly string[], next: TreeEntry): Promise<void> {
    let folder = root;
    for (const [at, name] of names.entries()) {
      await viewOf(folder);
      folder.id = undefined;
      if (at === names.length - 1) set(folder, name, next);
      else folder = await enter(folder, name);
    }
  }

  /** The folder inside, made where there is none. */
  async function enter(folder: Folder, name: ByteString): Promise<Folder> {
    const old = await inside(folder, name);
    const found = old !== undefined && isFolder(old) ? old : folderOf(old?.mode === FOLDER ? old.id : undefined);
    set(folder, name, found);
    return found;
  }

  /** Whether the folder is left empty. */
  async function remove(folder: Folder, names: readonly string[]): Promise<boolean> {
    const [name = "", ...rest] = names;
    await viewOf(folder);
    const old = await inside(folder, name);
    if (old === undefined) return false;
    folder.id = undefined;
    if (rest.length === 0) set(folder, name, null);
    else if ((isFolder(old) || old.mode === FOLDER) && (await remove(await enter(folder, name), rest))) set(folder, name, null);
    return namesIn(folder).size === 0;
  }

  return { entry, apply, write: () => writeFolder(objects, root) };
}

function folderOf(id: string | undefined): Folder {
  return { id, view: undefined, changed: new Map(), inner: new Map() };
}

function set(folder: Folder, name: ByteString, next: TreeEntry | Folder | null): void {
  folder.changed.set(name, next);
  if (next !== null && isFolder(next)) folder.inner.set(name, next);
  else folder.inner.delete(name);
}

function namesIn({ view = EMPTY_TREE, changed }: Folder): Set<ByteString> {
  const names = new Set(view.keys());
  for (const [name, next] of changed) {
    if (next === null) names.delete(name);
    else names.add(name);
  }
  return names;
}

function writeFolder(objects: DraftObjects, folder: Folder): string {
  if (folder.id !== undefined) return folder.id;
  const changes = new Map<ByteString, TreeEntry | null>();
  for (const [name, next] of folder.changed) {
    changes.set(name, next !== null && isFolder(next) ? { mode: FOLDER, id: writeFolder(objects, next) } : next);
  }
  const bytes = changedTree(folder.view ?? EMPTY_TREE, changes);
  folder.id = objects.add("tree", bytes);
  folder.view = viewTree(bytes);
  folder.changed.clear();
  return folder.id;
}

/** The mode of folders in some old histories. */
const PADDED = "040000 ";

/** Most changes give entries new ids and nothing else: then only these are written over. */
function changedTree(view: TreeView, changes: DraftChanges): Buffer {
  // Git writes such a tree anew as it should be.
  if (view.bytes.includes(PADDED)) return rebuilt(view, changes);
  const bytes = Buffer.from(view.bytes);
  for (const [name, next] of changes) {
    const place = view.placeOf(name);
    if (place === undefined || next?.mode.length !== place.space - place.from || isOtherKind(view, place.from, next))
      return rebuilt(view, changes);
    bytes.write(next.mode, place.from, "latin1");
    bytes.write(next.id, place.zero + 1, "hex");
  }
  return bytes;
}

/** Folders stand elsewhere in the order than files. */
function isOtherKind(view: TreeView, from: number, next: TreeEntry): boolean {
  return (view.bytes.toString("latin1", from, from + FOLDER.length) === FOLDER) !== (next.mode === FOLDER);
}

function rebuilt(view: TreeView, changes: DraftChanges): Buffer {
  const entries = new Map(view);
  for (const [name, next] of changes) {
    if (next === null) entries.delete(name);
    else entries.set(name, next);
  }
  return formatTree(entries);
}

function isFolder(at: TreeEntry | Folder): at is Folder {
  return "changed" in at;
}
