/**
 * Owns the objects of one run over a repository: read as objects.ts does, new ones kept in memory, shown to git
 * in a folder apart when it has to see them, and stored in the repository only at the end.
 */
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { lazyTemporaryBeside } from "../support/temporary-folders.js";
import type { Repository } from "./git.js";
import { objectId, writeLooseObject } from "./loose-object.js";
import { type ObjectStore, type ObjectType, openObjects } from "./objects.js";
import { type NewObject, writePack, writePackAside } from "./pack.js";
import { toldParents } from "./told-parents.js";

export interface ObjectPool extends ObjectStore {
  /** Commits at which the repository's history is cut off (a shallow clone). */
  readonly cut: ReadonlySet<string>;
  /** The repository as git sees it with the objects of this run. */
  readonly repository: Repository;
  /** Keeps a new object in memory and gives its id. */
  readonly add: (type: ObjectType, content: Uint8Array) => string;
  /** Keeps an object that only this run needs. */
  readonly addScratch: (type: ObjectType, content: Uint8Array) => string;
  /** Shows git what was added up to now. */
  readonly show: () => void;
  /** Stores all that was added, but for scratch, in the repository. */
  readonly store: () => Promise<void>;
}

/** From this many objects on they are stored as a pack. */
const PACK_FROM = 100;

/** `objects` is the repository's folder of objects (that of the main work tree where there are several). */
export async function openPool(repository: Repository, objects = join(repository.path, "objects")): Promise<ObjectPool> {
  const { folder, make, remove } = await lazyTemporaryBeside(join(tmpdir(), "unfork-objects"));
  const seen: Repository = { ...repository, quarantine: { folder, objects, make } };
  const parents = toldParents(dirname(objects));
  const git = openObjects(seen);
  const added = new Map<string, NewObject>();
  const kept = new Set<string>();
  const unseen = new Set<NewObject>();
  function addScratch(type: ObjectType, content: Uint8Array): string {
    const id = objectId(type, content);
    if (added.has(id)) return id;
    const object = { id, type, content };
    added.set(id, object);
    unseen.add(object);
    return id;
  }
  function add(type: ObjectType, content: Uint8Array): string {
    const id = addScratch(type, content);
    kept.add(id);
    return id;
  }
  function show(): void {
    if (unseen.size === 0) return;
    make();
    writePackAside(folder, [...unseen]);
    unseen.clear();
  }
  async function store(): Promise<void> {
    const wanted = [...added.values()].filter((object) => kept.has(object.id));
    kept.clear();
    if (wanted.length === 0) return;
    if (wanted.length >= PACK_FROM) await writePack(objects, wanted);
    else await Promise.all(wanted.map((object) => writeLooseObject(objects, object.type, object.content)));
  }
  return {
    repository: seen,
    cut: parents.cut,
    read: async (id, type) => {
      const own = added.get(id);
      if (own?.type === type) return Buffer.from(own.content);
      const content = await git.read(id, type);
      return type === "commit" ? parents.told(id, content) : content;
    },
    find: async (name) => {
      const found = await git.find(name);
      return found?.type === "commit" ? { ...found, content: parents.told(found.id, found.content) } : found;
    },
    write: (type, content) => Promise.resolve(add(type, content)),
    add,
    addScratch,
    show,
    store,
    close: async () => {
      await git.close();
      await remove();
    },
  };
}
