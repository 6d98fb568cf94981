/** Owns which files of a part define a macro: found once for all that is asked. */
import type { CodeFile } from "./part-load.js";

/** By the id of a macro: the positions of such files in the part, ascending. */
type Definers = ReadonlyMap<number, readonly number[]>;

const known = new WeakMap<readonly CodeFile[], Definers>();

/** The positions of the files that define one of the macros, by what their surveys say. */
export function definersOf(files: readonly CodeFile[], macros: Iterable<number>): ReadonlySet<number> {
  const definers = known.get(files) ?? definersIn(files);
  known.set(files, definers);
  const found = new Set<number>();
  for (const id of macros) for (const at of definers.get(id) ?? []) found.add(at);
  return found;
}

function definersIn(files: readonly CodeFile[]): Definers {
  const found = new Map<number, number[]>();
  for (let at = 0; at < files.length; at++) {
    for (const id of (files[at] as CodeFile).survey.macroNames) {
      const list = found.get(id);
      if (list === undefined) found.set(id, [at]);
      else if (list.at(-1) !== at) list.push(at);
    }
  }
  return found;
}
