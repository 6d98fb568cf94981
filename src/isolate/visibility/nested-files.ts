/** Owns which files are only included inside namespaces: what they declare is not global. */
import type { MacroFact } from "../survey/macro-facts.js";
import type { NestedFile } from "../survey/scope-macros.js";
import type { IncludeGraph } from "./include-graph.js";
import { eachIncluder } from "./seen-files.js";

type Nesting = Extract<MacroFact, { kind: "nests" }>;

/** The files, by the include lines inside namespaces that `facts` tell; a line that leads to several files leads to each. */
export function nestedFiles(facts: readonly MacroFact[], graph: IncludeGraph): NestedFile[] {
  const lines = new Map<string, readonly string[]>();
  for (const fact of facts) if (fact.kind === "nests") lines.set(keyOf(fact.file ?? 0, fact), fact.words);
  const found = new Set<number>();
  for (const key of lines.keys()) {
    const [file, line] = key.split("/").map(Number) as [number, number];
    for (const target of graph.linesOf(file)[line]?.targets ?? []) found.add(target);
  }
  for (const file of found) for (const { targets } of graph.linesOf(file)) for (const target of targets) found.add(target);
  const isInside = (file: number, line: number): boolean => found.has(file) || lines.has(keyOf(file, { line }));
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const file of found) {
      let [others, inside] = [0, 0];
      eachIncluder(graph.includersOf(file), (includer, line) => {
        if (includer === file) return;
        others++;
        if (isInside(includer, line)) inside++;
      });
      if (others === 0 || inside < others) found.delete(file);
    }
  }
  return [...found].toSorted((a, b) => a - b).map((file) => [file, wordsAround(file, graph, lines, found)]);
}

function keyOf(file: number, { line }: Pick<Nesting, "line">): string {
  return `${file}/${line}`;
}

/** The words of the namespaces around all lines that lead to the file, directly or by way of others of the kind. */
function wordsAround(
  start: number,
  graph: IncludeGraph,
  lines: ReadonlyMap<string, readonly string[]>,
  nested: ReadonlySet<number>,
): readonly string[] {
  const words = new Set<string>();
  const seen = new Set([start]);
  for (const file of seen) {
    eachIncluder(graph.includersOf(file), (includer, line) => {
      for (const word of lines.get(keyOf(includer, { line })) ?? []) words.add(word);
      if (nested.has(includer)) seen.add(includer);
    });
  }
  return [...words].toSorted();
}
