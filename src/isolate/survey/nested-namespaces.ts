/** Owns the namespaces inside others that share a word with an external one: they are other entities and stay. */
import type { OpenedNamespace } from "./opened-namespace.js";

/** For an external namespace's id: the ids of the namespaces that have a member namespace of the same word; -1 = an unnamed one. */
export type NestedHomonyms = ReadonlyMap<number, ReadonlySet<number>>;

/** A type of the same word, or an alias: the offset of its name, the `{` token of the scope around it, whether that scope has it from there on. */
export interface NamesakeType {
  readonly id: number;
  readonly offset: number;
  readonly brace: number;
  readonly declares: boolean;
  readonly isAlias: boolean;
}

/** A namesake that a file introduces in the namespace whose names from outside in are `path`. */
export interface NestedName {
  readonly word: number;
  readonly path: readonly number[];
  /** Whether those who include the file see it. */
  readonly declares: boolean;
}

/** What one file introduces of such namesakes. */
export interface Namesakes {
  readonly namespaces: readonly OpenedNamespace[];
  readonly types: readonly NamesakeType[];
}

/** Finds them among all namespaces and types that a file introduces. */
export function nestedNames({ namespaces, types }: Namesakes, external: ReadonlySet<number>): NestedName[] {
  const found: NestedName[] = [];
  for (const { words, around } of namespaces) {
    for (const [index, word] of words.entries()) {
      const path = [...around, ...words.slice(0, index)];
      if (path.length > 0 && external.has(word)) found.push({ word, path, declares: true });
    }
  }
  for (const { id, brace, declares } of types) {
    const parent = namespaces.find((namespace) => namespace.brace === brace);
    if (parent !== undefined) found.push({ word: id, path: pathOf(parent), declares });
  }
  return found;
}

/** The names from outside in, -1 for an unnamed namespace. */
function pathOf({ around, words }: OpenedNamespace): number[] {
  return [...around, ...(words.length === 0 ? [-1] : words)];
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

/** Whether the file includes one that introduces the word in the namespace of that path. */
export type SeesNested = (word: number, path: readonly number[]) => boolean;

/** The nested homonyms as one file sees them; undefined when none concerns it. */
export function nestedUses({ namespaces, types }: Namesakes, homonyms: NestedHomonyms, sees: SeesNested): NestedUses | undefined {
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
    const path = pathOf(namespace);
    for (const [word, parents] of homonyms) {
      either.push(...rangesOf(namespace, word, parents));
      if (path.some((_, length) => sees(word, path.slice(0, length + 1)))) inner.push({ word, start: namespace.start, end: namespace.end });
    }
  }
  for (const { id, offset, brace, declares, isAlias } of types) {
    const parent = namespaces.find((namespace) => namespace.brace === brace);
    if (isAlias && parent === undefined) continue;
    if (parent === undefined) either.push({ word: id, start: offset, end: Number.MAX_SAFE_INTEGER });
    else inner.push({ word: id, start: offset, end: parent.end });
    if (parent === undefined || !declares) continue;
    const again = namespaces.filter((other) => other.start > offset && isInside(pathOf(other), pathOf(parent)));
    inner.push(...again.map(({ start, end }): Range => ({ word: id, start, end })));
  }
  const isIn = (ranges: readonly Range[], word: number, offset: number): boolean =>
    ranges.some((range) => range.word === word && range.start <= offset && offset < range.end);
  return { definitions, at: (word, offset) => (isIn(inner, word, offset) ? "inner" : isIn(either, word, offset) ? "either" : "outer") };
}

/** Whether the path is the outer one or goes on from it. */
function isInside(path: readonly number[], outer: readonly number[]): boolean {
  return outer.every((word, index) => path[index] === word);
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
