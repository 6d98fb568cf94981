/** Owns the question which namespaces a tree opens after a few of its files changed, without reading the others again. */
import { basename } from "node:path/posix";

import { calledWord } from "./macro-names.js";
import { headerLines, withHeaders } from "./headers-elsewhere.js";
import type { InventoryFile, ReadTree } from "./read-tree.js";
import { countNamespaces, type NamespaceCount } from "./namespaces.js";
import { readNamespacesOf } from "./read-namespaces.js";
import type { Reader } from "./reader.js";
import { SITE } from "./sites.js";

/** What was counted in a whole tree. */
export interface CountedNamespaces {
  readonly counts: readonly NamespaceCount[];
  /** Macros that open namespaces: files that use them were read in another way. */
  readonly openers: readonly string[];
  /** Names of files that are included inside namespaces: what leads to them tells that theirs are inner ones. */
  readonly inside: readonly string[];
  /** Number of code files. */
  readonly allFiles: number;
}

/** What a tree of these `paths` opens, its code files read. */
export function countedIn(
  read: Pick<ReadTree, "reader" | "files">,
  inside: readonly string[],
  paths: readonly string[],
): CountedNamespaces {
  const { reader, files } = read;
  const openers = [...reader.openers.keys()].map((id) => reader.interner.name(id));
  return { counts: withHeaders(countNamespaces(reader), read, paths), openers, inside, allFiles: files.length };
}

/**
 * The counts of the tree when `now` takes the place of `before`; undefined where they do not simply add up: macros open or name
 * namespaces there, files are included inside them, a namespace comes or goes.
 */
export function countedAfter(
  tree: CountedNamespaces,
  before: readonly InventoryFile[],
  now: readonly InventoryFile[],
): CountedNamespaces | undefined {
  if (tree.counts.some(({ replaced }) => replaced)) return undefined;
  const telling = [...tree.openers, ...tree.inside];
  if ([...before, ...now].some(({ bytes }) => telling.some((name) => bytes.includes(name, 0, "latin1")))) return undefined;
  if (now.some(({ path }) => tree.inside.includes(basename(path)))) return undefined;
  const names = tree.counts.map(({ name }) => name);
  const headersOf = (list: readonly InventoryFile[]): string => JSON.stringify(list.map(({ bytes }) => headerLines(bytes, names)));
  if (headersOf(before) !== headersOf(now)) return undefined;
  const [was, is] = [readNamespacesOf(before), readNamespacesOf(now)];
  if (macrosOf(was) !== macrosOf(is) || innerOf(was) !== innerOf(is)) return undefined;
  const [less, more] = [sumsOf(was), sumsOf(is)];
  if (!isSame(less.files, more.files)) return undefined;
  const known = new Set(tree.counts.map(({ name }) => name));
  if (
    [less, more].some(({ opened, definitions }) =>
      [...opened.keys(), ...definitions.keys()].some((name) => !known.has(name) || !isPlain(name)),
    )
  )
    return undefined;
  const counts = tree.counts.map((count): NamespaceCount => {
    const after = (of: keyof Sums): number => count[of] + (more[of].get(count.name) ?? 0) - (less[of].get(count.name) ?? 0);
    return { ...count, opened: after("opened"), files: after("files"), definitions: after("definitions"), inner: after("inner") };
  });
  return counts.some(({ opened }) => opened <= 0) ? undefined : { ...tree, counts };
}

/** Which file opens what tells whose the namespaces are. */
function isSame(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): boolean {
  return one.size === other.size && [...one].every(([name, count]) => other.get(name) === count);
}

/** Never a macro that stands for another name. */
function isPlain(name: string): boolean {
  return /[a-z]/.test(name);
}

/** By name. */
type Sums = Readonly<Record<"opened" | "files" | "definitions" | "inner", ReadonlyMap<string, number>>>;

function sumsOf(reader: Reader): Sums {
  const { sites, interner, defines } = reader;
  const counts = countNamespaces(reader);
  const inner = new Map<string, number>();
  for (let at = 0; at < sites.count; at++) {
    if (sites.kinds[at] !== SITE.nestedNamespace && sites.kinds[at] !== SITE.inlineNamespace) continue;
    const name = interner.name(sites.values[at] as number);
    inner.set(name, (inner.get(name) ?? 0) + 1);
  }
  return {
    opened: new Map(counts.map(({ name, opened }) => [name, opened])),
    files: new Map(counts.map(({ name, files }) => [name, files])),
    definitions: new Map([...defines].map(([id, count]) => [interner.name(id), count])),
    inner,
  };
}

/** What the files include inside of namespaces. */
function innerOf({ innerIncludes }: Reader): string {
  return JSON.stringify(innerIncludes.map(({ name }) => name));
}

/** What the files tell others about macros that open, close or name namespaces. */
function macrosOf({ braceMacros, namesBy, replacedBy, interner }: Reader): string {
  const nameOf = (id: number): string | number => (id === -1 ? id : id < 0 ? `(${interner.name(calledWord(id))})` : interner.name(id));
  return JSON.stringify([
    braceMacros.map(({ id, net, namespace, parameter }) => [nameOf(id), net, nameOf(namespace), parameter]),
    [...namesBy, ...replacedBy].map(([id, words]) => [nameOf(id), [...words].map(nameOf)]),
  ]);
}
