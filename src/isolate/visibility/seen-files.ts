/** Owns which files may see a declaration: those that include its file, and those that a file includes behind such an include line. */
import type { IncludeGraph } from "./include-graph.js";

/** Calls `visit` for each of the files that a graph says to include one, with the number of the line. */
export function eachIncluder(includers: readonly number[], visit: (file: number, line: number) => void): void {
  for (let at = 0; at < includers.length; at += 2) visit(includers[at] as number, includers[at + 1] as number);
}

/** A file that declares a name; its first declaration stands behind so many of its include lines. */
export interface Declaring {
  readonly file: number;
  readonly lines: number;
}

/** The files that may see a name which these declare, with them. */
export function filesThatSee({ linesOf, includersOf }: IncludeGraph, declaring: readonly Declaring[]): Set<number> {
  /** By file: the number of its include lines behind which all see the name. */
  const from = new Map<number, number>();
  const waiting: number[] = [];
  const reach = (file: number, lines: number): void => {
    const known = from.get(file);
    if (known !== undefined && known <= lines) return;
    from.set(file, lines);
    if (known === undefined) waiting.push(file);
  };
  for (const { file, lines } of declaring) reach(file, lines);
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop())
    eachIncluder(includersOf(file), (includer, line) => reach(includer, line + 1));
  const seen = new Set(from.keys());
  for (const [file, first] of from) for (const { targets } of linesOf(file).slice(first)) for (const target of targets) seen.add(target);
  for (const file of seen) if (!from.has(file)) for (const { targets } of linesOf(file)) for (const target of targets) seen.add(target);
  return seen;
}

/** Whether one of the files includes the file, also through others: macros of that one hold, and are expanded, behind it. */
export function isIncludedBy({ includersOf }: IncludeGraph, file: number, by: ReadonlySet<number>): boolean {
  const known = new Set([file]);
  for (const one of known) {
    if (by.has(one)) return true;
    eachIncluder(includersOf(one), (includer) => known.add(includer));
  }
  return false;
}

/** The files that may see what headers declare which are not in the tree. */
export function filesOfOthers(graph: IncludeGraph): Set<number> {
  const lines = graph.open.map((file) => ({ file, lines: graph.linesOf(file).findIndex((line) => line.open) + 1 }));
  return filesThatSee(graph, lines);
}

/** Gives whether a file may see what another one declares; what was found of that one is remembered. */
export function seeing(graph: IncludeGraph): (file: number, declaring: number) => boolean {
  const known = new Map<number, Set<number>>();
  return (file, declaring) => {
    const seen = known.get(declaring) ?? filesThatSee(graph, [{ file: declaring, lines: 0 }]);
    known.set(declaring, seen);
    return seen.has(file);
  };
}
