/** Owns which identifiers are renamed and where: the table that every file's rewrite asks. */
import type { NestedHomonyms } from "./nested-namespaces.js";
import type { GlobalKind } from "./survey.js";

/** What becomes of an identifier. */
export const ROLE = {
  none: 0,
  /** An external namespace: decided token by token. */
  namespace: 1,
  /** A global name: every token of that spelling. */
  everywhere: 2,
  /** A global name that also names members elsewhere and that no header declares: only in the files that do, not as a member. */
  inFiles: 3,
} as const;

export interface NamesTable {
  /** Role by interner id. */
  readonly roles: Uint8Array;
  /** For `inFiles`: the indices of the files by interner id. */
  readonly files: ReadonlyMap<number, ReadonlySet<number>>;
  /** Namespaces inside others that share a word with an external one. */
  readonly nested: NestedHomonyms;
  /** Renamed global names, sorted, for the check of names that macros build. */
  readonly sorted: readonly string[];
}

/** A name that is defined in the tree, with one place of its definition. */
export interface GlobalName {
  readonly name: string;
  readonly kind: GlobalKind;
  /** Relative to the tree. */
  readonly file: string;
  readonly line: number;
}

/** Whether a sorted list has a name that starts with `prefix` and is longer. */
export function hasPrefix(sorted: readonly string[], prefix: string): string | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as string) <= prefix) low = middle + 1;
    else high = middle;
  }
  const found = sorted[low];
  return found?.startsWith(prefix) ? found : undefined;
}
