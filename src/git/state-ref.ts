/** Owns a small tree of files behind one ref: state that a clone carries, changed as a whole, with its own history. */
import type { ObjectPool } from "./object-pool.js";
import { formatRawCommit, parseRawCommit } from "./raw-commit.js";
import type { RefUpdate } from "./refs.js";
import { type TreeReader, openDraft, treeReader } from "./tree-draft.js";
import { FOLDER } from "./tree.js";

export interface StateFiles {
  /** The content of a file, or undefined. */
  readonly read: (path: string) => Promise<Buffer | undefined>;
  /** Names of what a folder holds. */
  readonly list: (folder: string) => Promise<string[]>;
  /** Sets a file, or removes it with null. */
  readonly set: (path: string, content: string | Uint8Array | null) => Promise<void>;
  /** The move of the ref to what was set, with objects in the pool; undefined when nothing changed. `seconds` since 1970. */
  readonly update: (subject: string, seconds: number) => RefUpdate | undefined;
}

const NOBODY = "unfork <unfork@localhost>";

export async function openStateFiles(pool: ObjectPool, ref: string): Promise<StateFiles> {
  const old = await pool.find(`${ref}^{commit}`);
  const oldTree = old === undefined ? undefined : parseRawCommit(old.content).tree;
  const readTree: TreeReader = treeReader(pool);
  const before = oldTree ?? pool.add("tree", new Uint8Array());
  const draft = openDraft({ readTree, add: pool.add }, before);
  async function read(path: string): Promise<Buffer | undefined> {
    const entry = await draft.entry(path);
    return entry === undefined || entry.mode === FOLDER ? undefined : await pool.read(entry.id, "blob");
  }
  async function list(folder: string): Promise<string[]> {
    const entry = await draft.entry(folder);
    return entry?.mode === FOLDER ? [...(await readTree(entry.id)).keys()] : [];
  }
  async function set(path: string, content: string | Uint8Array | null): Promise<void> {
    const entry = content === null ? null : { mode: "100644", id: pool.add("blob", Buffer.from(content)) };
    await draft.apply(new Map([[path, entry]]));
  }
  function update(subject: string, seconds: number): RefUpdate | undefined {
    const tree = draft.write();
    if (tree === before) return undefined;
    const who = `${NOBODY} ${seconds} +0000`;
    const parents = old === undefined ? [] : [old.id];
    const commit = formatRawCommit({ tree, parents, author: who, committer: who, encoding: null, message: `${subject}\n` });
    return { ref, old: old?.id ?? null, next: pool.add("commit", commit) };
  }
  return { read, list, set, update };
}
