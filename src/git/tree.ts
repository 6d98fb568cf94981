/** Owns tree objects: their bytes, the file at a path, and a new tree from an old one and a few changed paths. */
import { UnforkError } from "../support/errors.js";
import { type ByteString, bytesOf } from "./bytes.js";
import type { ObjectStore } from "./objects.js";

/** A file, link or folder in a tree, by git's own mode: "100644", "100755", "120000", "40000", "160000". */
export interface TreeEntry {
  readonly mode: string;
  readonly id: string;
}

/** The mode of a folder. */
export const FOLDER = "40000";

/** What a path becomes; null removes it. */
export type TreeChanges = ReadonlyMap<string, TreeEntry | null>;

/** Entries of a tree object by name: repeated `<mode> <name>\0<20 bytes>`. */
export function parseTree(content: Buffer): Map<ByteString, TreeEntry> {
  const entries = new Map<ByteString, TreeEntry>();
  for (let at = 0; at < content.length;) {
    const space = content.indexOf(0x20, at);
    const zero = content.indexOf(0x00, space);
    if (space < 0 || zero < 0 || zero + 21 > content.length) throw new UnforkError("state-invalid", "a git tree object is cut short");
    const name = content.toString("latin1", space + 1, zero);
    entries.set(name, { mode: modeAt(content, at, space), id: content.toString("hex", zero + 1, zero + 21) });
    at = zero + 21;
  }
  return entries;
}

/** A mode as git takes it: some old histories have folders as `040000`. */
export function modeAt(content: Buffer, from: number, space: number): string {
  let at = from;
  while (content[at] === 0x30 && at < space - 1) at++;
  return content.toString("latin1", at, space);
}

/** The bytes of a tree: entries in git's order, a folder's name compared as if it ended in "/". */
export function formatTree(entries: ReadonlyMap<ByteString, TreeEntry>): Buffer {
  const named = [...entries].map(([name, entry]) => ({ name, entry, key: entry.mode === FOLDER ? `${name}/` : name }));
  const sorted = named.every(({ key }, at) => at === 0 || (named[at - 1]?.key ?? "") < key)
    ? named
    : named.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const bytes = Buffer.allocUnsafe(sorted.reduce((size, { name, entry }) => size + entry.mode.length + name.length + 22, 0));
  let at = 0;
  for (const { name, entry } of sorted) {
    at += bytes.write(`${entry.mode} ${name}\0`, at, "latin1");
    at += bytes.write(entry.id, at, "hex");
  }
  return bytes;
}

/** The entry at a path below a tree, or undefined. */
export async function entryAt(objects: ObjectStore, tree: string, path: string): Promise<TreeEntry | undefined> {
  let entry: TreeEntry | undefined = { mode: FOLDER, id: tree };
  for (const name of bytesOf(path).split("/")) {
    if (entry?.mode !== FOLDER) return undefined;
    entry = parseTree(await objects.read(entry.id, "tree")).get(name);
  }
  return entry;
}

/** Writes the tree that `tree` becomes by the changes; folders that end empty vanish. Gives its id. */
export async function editTree(objects: ObjectStore, tree: string, changes: TreeChanges): Promise<string> {
  const inBytes = new Map([...changes].map(([path, entry]) => [bytesOf(path), entry]));
  return (await editFolder(objects, tree, inBytes)) ?? objects.write("tree", Buffer.alloc(0));
}

async function editFolder(objects: ObjectStore, tree: string | undefined, changes: TreeChanges): Promise<string | undefined> {
  const entries = tree === undefined ? new Map<string, TreeEntry>() : parseTree(await objects.read(tree, "tree"));
  const below = new Map<string, Map<string, TreeEntry | null>>();
  for (const [path, entry] of changes) {
    const slash = path.indexOf("/");
    if (slash >= 0) childOf(below, path.slice(0, slash)).set(path.slice(slash + 1), entry);
    else if (entry === null) entries.delete(path);
    else entries.set(path, entry);
  }
  for (const [name, inner] of below) {
    const old = entries.get(name);
    const id = await editFolder(objects, old?.mode === FOLDER ? old.id : undefined, inner);
    if (id !== undefined) entries.set(name, { mode: FOLDER, id });
    else if (old?.mode === FOLDER) entries.delete(name);
  }
  return entries.size === 0 ? undefined : objects.write("tree", formatTree(entries));
}

function childOf(map: Map<string, Map<string, TreeEntry | null>>, name: string): Map<string, TreeEntry | null> {
  const known = map.get(name) ?? new Map<string, TreeEntry | null>();
  map.set(name, known);
  return known;
}
