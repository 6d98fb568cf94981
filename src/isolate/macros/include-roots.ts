/** Owns where an `#include` line leads inside a tree: beside its file or below one of the include roots. */
import { posix } from "node:path";

import type { HeaderFacts, IncludeLine } from "./header-facts.js";

/** Where an include leads. */
export interface Resolved {
  /** Relative to the tree. */
  readonly file: string;
  /** Whether an include root was needed: then the same spelling leads elsewhere in another tree. */
  readonly byRoot: boolean;
}

/** Finds the file of an include line; undefined when the tree has none (a system header, say). */
export type ResolveInclude = (from: string, include: IncludeLine) => Resolved | undefined;

/** Resolves against `files`, in the order of `roots` (relative to the tree, `.` for the tree itself). */
export function includeResolver(files: ReadonlySet<string>, roots: readonly string[]): ResolveInclude {
  return (from, { path, angled }) => {
    if (path === undefined) return undefined;
    const beside = posix.normalize(posix.join(posix.dirname(from), path));
    if (!angled && files.has(beside)) return { file: beside, byRoot: false };
    for (const root of roots) {
      const file = posix.normalize(posix.join(root, path));
      if (files.has(file)) return { file, byRoot: true };
    }
    return undefined;
  };
}

/** A file with its include lines. */
type Including = Pick<HeaderFacts, "path" | "includes">;

/** What an include line counts for its root: `<a/b.h>` is mostly the system's, so that one line alone says nothing. */
const WEIGHT = { quoted: 1, angled: 0.02 } as const;
const LEAST_WEIGHT = 1;
const MOST_ROOTS = 16;

/**
 * The include roots that a tree's own include lines ask for, the most used first: the folders below which most of the
 * quoted paths that do not lie beside their file are found.
 */
export function detectRoots(headers: readonly Including[], files: ReadonlySet<string>): string[] {
  const byName = new Map<string, string[]>();
  for (const file of files) byName.set(posix.basename(file), [...(byName.get(posix.basename(file)) ?? []), file]);
  let open = askedPaths(headers, files);
  const roots: string[] = [];
  while (roots.length < MOST_ROOTS) {
    const best = mostVoted(open, byName);
    if (best === undefined || best.votes < LEAST_WEIGHT) break;
    roots.push(best.root);
    open = new Map([...open].filter(([path]) => !files.has(posix.normalize(posix.join(best.root, path)))));
  }
  return roots;
}

/** Paths that need a root, with the weight of the lines that ask for them. */
function askedPaths(headers: readonly Including[], files: ReadonlySet<string>): Map<string, number> {
  const beside = includeResolver(files, []);
  const asked = new Map<string, number>();
  for (const { path: from, includes } of headers) {
    for (const include of includes) {
      const { path, angled } = include;
      if (path === undefined || (angled && !path.includes("/")) || path.startsWith("..")) continue;
      if (beside(from, include) === undefined) asked.set(path, (asked.get(path) ?? 0) + (angled ? WEIGHT.angled : WEIGHT.quoted));
    }
  }
  return asked;
}

function mostVoted(open: ReadonlyMap<string, number>, byName: ReadonlyMap<string, readonly string[]>) {
  const votes = new Map<string, number>();
  for (const [path, count] of open) {
    for (const file of byName.get(posix.basename(path)) ?? []) {
      if (file === path) votes.set(".", (votes.get(".") ?? 0) + count);
      else if (file.endsWith(`/${path}`)) {
        const root = file.slice(0, -path.length - 1);
        votes.set(root, (votes.get(root) ?? 0) + count);
      }
    }
  }
  const sorted = [...votes].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return sorted[0] === undefined ? undefined : { root: sorted[0][0], votes: sorted[0][1] };
}
