/** Owns where a flavor uses a macro: in its own headers, in other headers, in sources; and whether applications see it. */
import { join } from "node:path";

import { KIND } from "../../tokens/kinds.js";
import { dialectOf, languageOf } from "../code-files.js";
import { createArena } from "../engine/arena.js";
import type { HeaderTree } from "./header-tree.js";
import type { PlacedDefinition } from "./pair-macros.js";

export interface MacroUsage {
  /** Headers that use it and do not define it, sorted. */
  readonly headers: readonly string[];
  /** Whether a header that defines it also uses it. */
  readonly own: boolean;
  /** Number of source files that use it. */
  readonly sources: number;
}

/** Gives the usage of each name. Reads the sources once. Throws `disk`. */
export function macroUsage(tree: HeaderTree, names: ReadonlyMap<string, readonly PlacedDefinition[]>): Map<string, MacroUsage> {
  const ids = new Map([...names.keys()].map((name) => [tree.reader.interner.internText(name), name]));
  const sources = countSources(tree, new Set(ids.keys()));
  const usage = new Map<string, MacroUsage>();
  for (const [id, name] of ids) {
    const defining = new Set(names.get(name)?.map(({ file }) => file));
    const using = [...tree.headers.values()].filter(({ uses }) => uses.has(id)).map(({ path }) => path);
    usage.set(name, {
      headers: using.filter((path) => !defining.has(path)),
      own: using.some((path) => defining.has(path)),
      sources: sources.get(id) ?? 0,
    });
  }
  return usage;
}

function countSources({ root, sources, reader }: HeaderTree, wanted: ReadonlySet<number>): Map<number, number> {
  const read = createArena();
  const counts = new Map<number, number>();
  for (const path of sources) {
    const { stream } = reader.read(read(join(root, path)).bytes, dialectOf(languageOf(path) ?? "c++"));
    const seen = new Set<number>();
    for (let i = 0; i < stream.count; i++) {
      if (stream.kinds[i] === KIND.identifier && wanted.has(stream.values[i] as number)) seen.add(stream.values[i] as number);
    }
    for (const id of seen) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** Whether a unit that includes the chosen headers is left with the macro: a reached header defines it and does not undefine it further down. */
export function isVisible({ reached, headers }: HeaderTree, definitions: readonly PlacedDefinition[]): boolean {
  return definitions.some(({ file, name, line }) => {
    if (!reached.has(file)) return false;
    return headers.get(file)?.undefined.some((undef) => undef.name === name && undef.line > line) !== true;
  });
}
