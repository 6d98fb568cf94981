/** Owns that the include graph of a tree is made once in a run, when somebody first needs it. */
import type { Part } from "../engine/part-model.js";
import { type IncludeGraph, includeGraph } from "./include-graph.js";

const known = new WeakMap<readonly Pick<Part, "includes">[], Promise<IncludeGraph>>();

/** The graph of the tree that these parts have; `paths` are those of all its files. */
export function treeGraph(parts: readonly Pick<Part, "includes">[], paths: readonly string[]): Promise<IncludeGraph> {
  const graph = known.get(parts) ?? madeOf(parts, paths);
  known.set(parts, graph);
  return graph;
}

async function madeOf(parts: readonly Pick<Part, "includes">[], paths: readonly string[]): Promise<IncludeGraph> {
  const asked = parts.map((part) => part.includes());
  await Promise.allSettled(asked);
  return includeGraph(paths, await Promise.all(asked));
}
