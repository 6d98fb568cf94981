/** Owns which functions call which in a run, out of callgrind's output, and what is reached from one of them. */

/** By caller; names as the profile has them, recursion taken together. */
export function callEdges(text: string): Map<string, Set<string>> {
  const names = new Map<string, string>();
  const edges = new Map<string, Set<string>>();
  let current = "";
  for (const line of text.split("\n")) {
    const match = /^(c?fn)=\((\d+)\)(?: (.*))?$/.exec(line);
    if (match === null) continue;
    const [, kind, number = "", given] = match;
    if (given !== undefined) names.set(number, given.replace(/'\d+$/, ""));
    const name = names.get(number) ?? "?";
    if (kind === "fn") current = name;
    else edges.set(current, (edges.get(current) ?? new Set()).add(name));
  }
  return edges;
}

export function reachedFrom(edges: ReadonlyMap<string, ReadonlySet<string>>, start: string): Set<string> {
  const reached = new Set([start]);
  for (const name of reached) for (const next of edges.get(name) ?? []) reached.add(next);
  return reached;
}

/** A function's name as a profile has it, without arguments and anonymous namespaces. */
export function plainName(name: string): string {
  return name.replaceAll("(anonymous namespace)::", "").split("(")[0] ?? name;
}
