/** Owns the namespaces inside others that share a word with an external one: they are other entities and stay. */
import type { OpenedNamespace } from "./opened-namespace.js";

/** For an external namespace's id: the ids of the namespaces that have a member namespace of the same word; -1 = an unnamed one. */
export type NestedHomonyms = ReadonlyMap<number, ReadonlySet<number>>;

/** A type of the same word: the offset of its name, the `{` token of the scope around it. */
export interface NamesakeType {
  readonly id: number;
  readonly offset: number;
  readonly brace: number;
}

/** What one file introduces of such namesakes. */
export interface Namesakes {
  readonly namespaces: readonly OpenedNamespace[];
  readonly types: readonly NamesakeType[];
}

/** Finds them among all namespaces and types that the files of a tree introduce. */
export function nestedHomonyms(files: Iterable<Namesakes>, external: ReadonlySet<number>): NestedHomonyms {
  const found = new Map<number, Set<number>>();
  const add = (word: number, parent: number): void => void found.set(word, (found.get(word) ?? new Set()).add(parent));
  for (const { namespaces, types } of files) {
    for (const { words, around } of namespaces) {
      for (const [index, word] of words.entries()) {
        const parent = index > 0 ? words[index - 1] : around.at(-1);
        if (parent !== undefined && external.has(word)) add(word, parent);
      }
    }
    for (const { id, brace } of types) {
      const parent = namespaces.find((namespace) => namespace.brace === brace);
      if (parent !== undefined) add(id, parent.words.at(-1) ?? -1);
    }
  }
  return found;
}

/** What one file must watch for. */
export interface NestedUses {
  /** Byte offsets of tokens that open such a namespace. */
  readonly definitions: ReadonlySet<number>;
  /** What an unqualified use of the word at this offset denotes, as far as this file tells. */
  readonly at: (word: number, offset: number) => "inner" | "either" | "outer";
}

interface Range {
  readonly word: number;
  readonly start: number;
  readonly end: number;
}

/** The nested homonyms as one file sees them; undefined when none concerns it. */
export function nestedUses({ namespaces, types }: Namesakes, homonyms: NestedHomonyms): NestedUses | undefined {
  if (homonyms.size === 0 && types.length === 0) return undefined;
  const definitions = new Set<number>();
  const [inner, either]: [Range[], Range[]] = [[], []];
  for (const namespace of namespaces) {
    const { words, around, offsets } = namespace;
    for (const [index, word] of words.entries()) {
      if (!homonyms.has(word) || index + around.length === 0) continue;
      definitions.add(offsets[index] as number);
      inner.push({ word, start: offsets[index] as number, end: parentEnd(namespaces, namespace, index) });
    }
    for (const [word, parents] of homonyms) either.push(...rangesOf(namespace, word, parents));
  }
  for (const { id, offset, brace } of types) {
    const parent = namespaces.find((namespace) => namespace.brace === brace);
    if (parent === undefined) either.push({ word: id, start: offset, end: Number.MAX_SAFE_INTEGER });
    else inner.push({ word: id, start: offset, end: parent.end });
  }
  const isIn = (ranges: readonly Range[], word: number, offset: number): boolean =>
    ranges.some((range) => range.word === word && range.start <= offset && offset < range.end);
  return { definitions, at: (word, offset) => (isIn(inner, word, offset) ? "inner" : isIn(either, word, offset) ? "either" : "outer") };
}

/** How far the scope reaches that the word `index` of a namespace is introduced in. */
function parentEnd(namespaces: readonly OpenedNamespace[], { start, end }: OpenedNamespace, index: number): number {
  if (index > 0) return end;
  const around = namespaces.filter((outer) => outer.start < start && end <= outer.end && outer.start !== start);
  return Math.min(...around.map((outer) => outer.end), Number.MAX_SAFE_INTEGER);
}

/** Inside the parent; anywhere in the file when the parent is unnamed. */
function rangesOf(namespace: OpenedNamespace, word: number, parents: ReadonlySet<number>): Range[] {
  const { words, around, start, end } = namespace;
  if (parents.has(-1) && words.includes(word) && around.at(-1) === -1) return [{ word, start: 0, end: Number.MAX_SAFE_INTEGER }];
  return [...around, ...words].some((outer) => parents.has(outer)) ? [{ word, start, end }] : [];
}
