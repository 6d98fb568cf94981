/** Owns the namespaces inside others that share a word with an external one: they are other entities and stay. */
import type { OpenedNamespace } from "./opened-namespace.js";

/** For an external namespace's id: the ids of the namespaces that have a member namespace of the same word; -1 = an unnamed one. */
export type NestedHomonyms = ReadonlyMap<number, ReadonlySet<number>>;

/** Finds them among all namespaces that the files of a tree open. */
export function nestedHomonyms(opened: Iterable<OpenedNamespace>, external: ReadonlySet<number>): NestedHomonyms {
  const found = new Map<number, Set<number>>();
  for (const { words, around } of opened) {
    for (const [index, word] of words.entries()) {
      const parent = index > 0 ? words[index - 1] : around.at(-1);
      if (parent === undefined || !external.has(word)) continue;
      found.set(word, (found.get(word) ?? new Set()).add(parent));
    }
  }
  return found;
}

/** What one file must watch for. */
export interface NestedUses {
  /** Byte offsets of tokens that open such a namespace. */
  readonly definitions: ReadonlySet<number>;
  /** Whether an unqualified use of the word at this offset might denote the inner namespace. */
  readonly isAmbiguous: (word: number, offset: number) => boolean;
}

/** The nested homonyms as one file sees them; undefined when none concerns it. */
export function nestedUses(opened: readonly OpenedNamespace[], homonyms: NestedHomonyms): NestedUses | undefined {
  if (homonyms.size === 0) return undefined;
  const definitions = new Set<number>();
  const ranges: { word: number; start: number; end: number }[] = [];
  for (const namespace of opened) {
    const { words, around, offsets } = namespace;
    for (const [index, word] of words.entries())
      if (homonyms.has(word) && index + around.length > 0) definitions.add(offsets[index] as number);
    for (const [word, parents] of homonyms) ranges.push(...rangesOf(namespace, word, parents));
  }
  const isAmbiguous = (word: number, offset: number): boolean =>
    ranges.some((range) => range.word === word && range.start <= offset && offset < range.end);
  return { definitions, isAmbiguous };
}

/** Inside the parent; anywhere in the file when the parent is unnamed. */
function rangesOf(namespace: OpenedNamespace, word: number, parents: ReadonlySet<number>): { word: number; start: number; end: number }[] {
  const { words, around, start, end } = namespace;
  if (parents.has(-1) && words.includes(word) && around.at(-1) === -1) return [{ word, start: 0, end: Number.MAX_SAFE_INTEGER }];
  return [...around, ...words].some((outer) => parents.has(outer)) ? [{ word, start, end }] : [];
}
