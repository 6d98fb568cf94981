/** Owns the question which names upstream's base does not have: all its files are read for it, once. */
import type { ObjectStore } from "../../../git/objects.js";
import type { ForkFile } from "../fork-file.js";
import { isBinary } from "../line-forms.js";
import type { OnlyNew } from "./cluster-files.js";

const AT_ONCE = 64;
const WORD = /[A-Za-z_][A-Za-z0-9_]{3,}/g;
/** Longer files are data. */
const MOST_BYTES = 4_000_000;

export function onlyNewIn(objects: ObjectStore, baseFiles: readonly ForkFile[]): OnlyNew {
  return async (names) => {
    const left = new Set(names);
    const ids = [...new Set(baseFiles.map(({ id }) => id))];
    for (let at = 0; at < ids.length && left.size > 0; at += AT_ONCE) {
      const found = await Promise.all(ids.slice(at, at + AT_ONCE).map((id) => objects.find(id)));
      for (const object of found) if (object !== undefined) takeOut(left, object.content);
    }
    return left;
  };
}

function takeOut(left: Set<string>, content: Buffer): void {
  if (content.length > MOST_BYTES || isBinary(content)) return;
  for (const [word] of content.toString("latin1").matchAll(WORD)) left.delete(word);
}
