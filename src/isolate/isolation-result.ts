/** Owns the account of an isolation: counts, renamed names with their kinds, what stayed undecided, the digest of the result. */
import { resolve } from "node:path";

import type { IsolationResult } from "../model/isolation.js";
import { sha256 } from "../support/hash.js";
import { byText } from "../support/order.js";
import type { PartResult, WrittenFile } from "./engine/part-model.js";
import type { Tree } from "./engine/tree-files.js";

/** What the parts do not know. */
export interface ResultFrame {
  readonly flavor: string;
  readonly release: string;
  readonly target: string;
  readonly namespaces: readonly string[];
  /** What a renamed name is, where the tree defines it. */
  readonly kindOf: (name: string) => string | undefined;
}

export type CountedResult = Omit<IsolationResult, "found" | "decided" | "warnings" | "exposed" | "skipped">;

export function resultOf(frame: ResultFrame, listing: Tree, results: readonly PartResult[]): CountedResult {
  const files = results.flatMap((result) => result.files).toSorted((a, b) => a.index - b.index);
  const byIndex = new Map(files.map((file) => [file.index, file]));
  return {
    flavor: frame.flavor,
    release: frame.release,
    path: resolve(frame.target),
    digest: digestOf(listing, (index) => byIndex.get(index) as WrittenFile),
    files: listing.files.length,
    changedFiles: files.filter(({ undo }) => undo !== undefined).length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    edits: files.reduce((sum, { edits }) => sum + edits, 0),
    ...renamedBy(results, frame.flavor, frame.namespaces, frame.kindOf),
    ...movedOf(listing),
    strings: total(results.flatMap((result) => result.strings)),
    patches: total(results.flatMap((result) => result.patched)),
    undecided: undecidedOf(results.flatMap((result) => result.undecided)),
  };
}

/** In the order of the files and lines. */
export function undecidedOf(tokens: IsolationResult["undecided"]): IsolationResult["undecided"] {
  const sorted = tokens.toSorted((a, b) => byText(a.file, b.file) || a.line - b.line);
  return sorted.map(({ file, line, token, why }) => ({ file, line, token, why }));
}

/** The renamed namespaces and names, each sorted. */
export function renamedBy(
  results: readonly PartResult[],
  flavor: string,
  spaces: readonly string[],
  kindOf: ResultFrame["kindOf"],
): Pick<IsolationResult, "namespaces" | "names"> {
  const isSpace = new Set(spaces);
  const renamed = renamedNames(results, flavor);
  return {
    namespaces: renamed.filter(({ from }) => isSpace.has(from)),
    names: renamed
      .filter(({ from }) => !isSpace.has(from))
      .map(({ from, to, edits }) => ({ from, to, edits, kind: kindOf(from) ?? "by rule" })),
  };
}

/** Files with a new path; nothing when there is none. */
function movedOf({ files }: Tree): Pick<IsolationResult, "moved"> {
  const moved = files.flatMap(({ path, to }) => (to === undefined ? [] : [{ from: path, to }]));
  return moved.length === 0 ? {} : { moved };
}

/** Digest over all paths of a result with their modes and bytes, and over its links; `bytesOf` tells of a file by its index. */
export function digestOf(listing: Tree, bytesOf: (index: number) => Pick<WrittenFile, "mode" | "sha256">): string {
  const named = listing.files.map(({ path, to, link, linkTo }, index) => ({ path: to ?? path, link: linkTo ?? link, index }));
  const sorted = named.toSorted((a, b) => byText(a.path, b.path));
  const links = sorted.flatMap(({ path, link }) => (link === undefined ? [] : [`${path}\0link\0${link}\n`]));
  const files = sorted.flatMap(({ path, link, index }) => {
    if (link !== undefined) return [];
    const { mode, sha256: bytes } = bytesOf(index);
    return [`${path}\0${mode.toString(8)}\0${bytes}\n`];
  });
  return sha256([...links, ...files].join(""));
}

function renamedNames(results: readonly PartResult[], flavor: string): IsolationResult["namespaces"] {
  const counts = new Map<string, number>();
  for (const { counts: part } of results) for (const [name, edits] of part) counts.set(name, (counts.get(name) ?? 0) + edits);
  return [...counts].map(([from, edits]) => ({ from, to: `${from}_${flavor}`, edits })).toSorted((a, b) => byText(a.from, b.from));
}

function total(counts: readonly (readonly [number, number])[]): number {
  return counts.reduce((sum, [, count]) => sum + count, 0);
}
