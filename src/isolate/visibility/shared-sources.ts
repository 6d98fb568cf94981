/** Owns which source files others include: their macros hold there, too, unlike those of a source that is compiled by itself. */
import { basename } from "node:path/posix";

import { isSource } from "../code-files.js";
import type { MacroFact } from "../survey/macro-facts.js";
import type { IncludeGraph } from "./include-graph.js";
import { filesThatSee } from "./seen-files.js";

/** By index of such a file: the files that may see what it defines. */
export type SharedSources = ReadonlyMap<number, ReadonlySet<number>>;

export const NO_SHARED_SOURCES: SharedSources = new Map();

/** The sources that `facts` say are included; `graphOf` is asked only when there are some. */
export async function sharedSources(
  facts: readonly MacroFact[],
  paths: readonly string[],
  graphOf: () => Promise<IncludeGraph>,
): Promise<SharedSources> {
  const included = new Set(facts.flatMap(({ kind, name }) => (kind === "source" ? [name] : [])));
  const candidates = paths.flatMap((path, file) => (included.has(basename(path)) && isSource(path) ? [file] : []));
  if (candidates.length === 0) return NO_SHARED_SOURCES;
  const graph = await graphOf();
  const shared = candidates.filter((file) => graph.includersOf(file).length > 0);
  return new Map(shared.map((file) => [file, filesThatSee(graph, [{ file, lines: 0 }])]));
}
