/** Owns which namespaces of an older release a newer one has taken in, found by the types that both declare. */
import type { TreeNames } from "./tree-names.js";

/** An old namespace and where most of its types are now. */
export interface NamespaceMove {
  readonly old: string;
  /** Number of its types. */
  readonly names: number;
  /** The namespace that declares most of them, or undefined when none declares any. */
  readonly best: string | undefined;
  /** How many it declares. */
  readonly found: number;
}

/** Share of an old namespace's types that a new one must declare to take its place. */
const LEAST_SHARE = 0.5;

/** The old release's namespaces that the new one does not open; `strip` takes a flavor off a name of either. */
export function movedNamespaces(older: TreeNames, newer: TreeNames, strip: (name: string) => string): NamespaceMove[] {
  const now = new Map([...newer.namespaces].map(([name, types]) => [strip(name), new Set([...types].map(strip))]));
  const gone = [...older.namespaces].filter(([name]) => !now.has(strip(name)));
  return gone
    .map(([name, types]) => moveOf(strip(name), [...types].map(strip), now))
    .filter(({ names }) => names > 0)
    .toSorted((a, b) => (a.old < b.old ? -1 : 1));
}

/** Whether enough of the types are there to bring the old name back. */
export function isConvincing({ names, found }: NamespaceMove): boolean {
  return found > 0 && found >= names * LEAST_SHARE;
}

function moveOf(old: string, types: readonly string[], now: ReadonlyMap<string, ReadonlySet<string>>): NamespaceMove {
  const counts = [...now].map(([name, known]) => ({ name, found: types.filter((type) => known.has(type)).length }));
  const best = counts.toSorted((a, b) => b.found - a.found || (a.name < b.name ? -1 : 1))[0];
  return { old, names: types.length, best: best === undefined || best.found === 0 ? undefined : best.name, found: best?.found ?? 0 };
}
