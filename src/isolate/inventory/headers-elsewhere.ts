/** Owns which namespaces are another library's by where their headers are: `<cln/integer.h>` of a file that opens `cln`, in a tree without a folder `cln`. */
import { basename } from "node:path/posix";

import { madeFrom } from "../code-files.js";
import type { NamespaceCount } from "./namespaces.js";
import type { InventoryFile } from "./read-tree.js";
import type { Reader } from "./reader.js";
import { SITE } from "./sites.js";

/** A tree that opens a namespace in so many files is hardly adding to somebody else's. */
const FILES_OF_AN_OWNER = 10;

/** Whether few of a tree's files open the namespace. */
export function isExtended(files: number, allFiles: number): boolean {
  return files < Math.min(FILES_OF_AN_OWNER, Math.max(2, allFiles / 4));
}

/** Headers that builds make of nothing. */
const MADE = /config|version|export|api|build|generated|\.pb\./i;

/**
 * The counts, with such a header where there is one and nothing speaks against it: few files open the namespace, another one of the tree is
 * opened in more, and no file of the tree, all of which `paths` are, has the header's name.
 */
export function withHeaders(
  counts: readonly NamespaceCount[],
  { reader, files }: { readonly reader: Reader; readonly files: readonly InventoryFile[] },
  paths: readonly string[] = files.map(({ path }) => path),
): NamespaceCount[] {
  const most = Math.max(0, ...counts.flatMap((count) => (count.definitions > 0 ? [count.files] : [])));
  const isAsked = ({ definitions, files: opening, replaced, byMacro }: NamespaceCount): boolean =>
    definitions > 0 && !replaced && !byMacro && opening < most && isExtended(opening, files.length);
  if (!counts.some(isAsked)) return [...counts];
  const own = ownPlaces(paths);
  return counts.map((count) => {
    if (!isAsked(count) || own.folders.has(count.name)) return count;
    const lines = openersOf(reader, count.name).flatMap((file) => headerLines((files[file] as InventoryFile).bytes, [count.name]));
    const header = lines.find((line) => !MADE.test(line) && !own.names.has(basename(line.slice(1, -1))));
    return header === undefined ? count : { ...count, header };
  });
}

interface OwnPlaces {
  readonly folders: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
}

function ownPlaces(paths: readonly string[]): OwnPlaces {
  const folders = new Set<string>();
  const names = new Set<string>();
  for (const path of paths) {
    const parts = path.split("/");
    const name = parts.pop() ?? "";
    names.add(name).add(madeFrom(name));
    for (const part of parts) folders.add(part);
  }
  return { folders, names };
}

/** The files that open the namespace outside of all others, in their order. */
function openersOf({ sites, interner }: Reader, name: string): number[] {
  const id = interner.find(name);
  const found = new Set<number>();
  for (let at = 0; at < sites.count; at++)
    if (sites.kinds[at] === SITE.namespace && sites.values[at] === id) found.add(sites.files[at] as number);
  return [...found].toSorted((a, b) => a - b);
}

/** The paths, with their brackets, of a file's include lines that lead into a folder of one of the names. */
export function headerLines(bytes: Buffer, names: readonly string[]): string[] {
  if (!names.some((name) => bytes.includes(`${name}/`, 0, "latin1"))) return [];
  const wanted = new Set(names);
  return [...bytes.toString("latin1").matchAll(/^[ \t]*#[ \t]*(?:include|import)[ \t]*([<"](\w+)\/[^<>"\n]+[>"])/gm)].flatMap(
    ({ 1: path = "", 2: folder = "" }) => (wanted.has(folder) ? [path] : []),
  );
}
