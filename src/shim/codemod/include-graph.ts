/** Owns which files of an application include which, and which of them see the library's headers. */
import { dirname, posix } from "node:path";

import type { AppFacts } from "./app-facts.js";
import { isHeader } from "./source-text.js";

export interface IncludeGraph {
  /** The file itself and all that it includes, directly or not. */
  readonly closureOf: (file: string) => ReadonlySet<string>;
  /** Whether a header of the library is included by the file, by one that it includes, or, of a header, by one that includes it. */
  readonly seesLibrary: (file: string) => boolean;
  /** Files that include the file, directly or not. */
  readonly includersOf: (file: string) => ReadonlySet<string>;
}

export function includeGraph(facts: AppFacts, isLibraryHeader: (path: string) => boolean): IncludeGraph {
  const byBase = new Map<string, string[]>();
  for (const file of facts.files.keys()) {
    const base = posix.basename(file);
    byBase.set(base, [...(byBase.get(base) ?? []), file]);
  }
  const forward = new Map<string, string[]>();
  const backward = new Map<string, string[]>();
  const direct = new Set<string>();
  for (const [file, { includes }] of facts.files) {
    const targets = includes.flatMap((path) => resolved(file, path, byBase));
    forward.set(file, targets);
    for (const target of targets) backward.set(target, [...(backward.get(target) ?? []), file]);
    if (includes.some(isLibraryHeader)) direct.add(file);
  }
  const closureOf = cached((file) => reach(file, forward));
  const includersOf = cached((file) => reach(file, backward));
  const seesForward = cached((file) => [...closureOf(file)].some((one) => direct.has(one)));
  return {
    closureOf,
    includersOf,
    seesLibrary: cached((file) => seesForward(file) || (isHeader(file) && [...includersOf(file)].some(seesForward))),
  };
}

/** Beside the file, or wherever the application has a file whose path ends so. */
function resolved(file: string, path: string, byBase: ReadonlyMap<string, readonly string[]>): string[] {
  const candidates = byBase.get(posix.basename(path)) ?? [];
  const beside = posix.normalize(posix.join(dirname(file), path));
  if (candidates.includes(beside)) return [beside];
  const plain = path.replace(/^(?:\.\.?\/)+/, "");
  return candidates.filter((one) => one === plain || one.endsWith(`/${plain}`));
}

function reach(start: string, edges: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set([start]);
  for (const file of seen) for (const next of edges.get(file) ?? []) seen.add(next);
  return seen;
}

function cached<T>(compute: (file: string) => T): (file: string) => T {
  const known = new Map<string, T>();
  return (file) => {
    const found = known.get(file);
    if (found !== undefined || known.has(file)) return found as T;
    const value = compute(file);
    known.set(file, value);
    return value;
  };
}
