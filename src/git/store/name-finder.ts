/** Owns names of objects as far as a repository's files tell them: `NAME` and `NAME^{commit}`. */
import type { GitObject } from "../objects.js";
import type { ObjectFiles } from "./object-files.js";
import { isPlainRepository } from "./plain-repository.js";
import { type RefFiles, openRefFiles } from "./ref-files.js";

/** The object that a name stands for; null: there is none; undefined: git has to be asked. */
export type NameFinder = (name: string) => GitObject | null | undefined;

/** `folder`: the git directory. */
export function nameFinder(folder: string, get: ObjectFiles["get"]): NameFinder {
  let refs: RefFiles | null | undefined;
  return (name) => {
    const [, plain = "", peel] = /^(.*?)(\^\{commit\})?$/s.exec(name) ?? [];
    refs ??= isPlainRepository(folder) ? openRefFiles(folder) : null;
    const id = refs?.idOf(plain);
    if (id === undefined || id === null) return id;
    return peel === undefined ? get(id) : commitOf(id, get);
  };
}

/** Behind tags, as many as there are. */
function commitOf(id: string, get: ObjectFiles["get"]): GitObject | undefined {
  let object = get(id);
  for (let depth = 0; object?.type === "tag" && depth < 16; depth++) {
    const inner = /^object ([0-9a-f]{40})\n/.exec(object.content.toString("latin1", 0, 64))?.[1];
    object = inner === undefined ? undefined : get(inner);
  }
  return object?.type === "commit" ? object : undefined;
}
