/** Owns the way from an archive's entries to a release's tree: which are kept, and which leading folders fall away. */
import { mkdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";

import { UnforkError, fileError } from "../support/errors.js";
import { isWithin, joinTree, missingOf, normalFolder, type Wanted, wantedOf } from "./keep.js";
import type { EntryWriter, TarEntry } from "./tar-stream.js";
import { createTreeWriter, type TreeWriter, type WrittenTree } from "./tree-writer.js";

export interface ArchiveTree {
  readonly take: (entry: TarEntry) => EntryWriter | undefined;
  /** Puts the tree at `target` (which must not exist) and sums it up. */
  readonly finish: (target: string) => WrittenTree;
  readonly abandon: () => void;
}

interface Place {
  readonly leading: string;
  readonly path: string;
}

const MOST_LEADING = 2;

/**
 * Writes what is wanted of an archive below `work`. Leading folders cannot be told before the archive has been
 * seen whole, so each possible one gets its own folder, and the shortest below which all kept sub-trees lie wins.
 */
export function createArchiveTree(work: string, name: string, keep: readonly string[], into: string): ArchiveTree {
  const wanted = wantedOf(keep, into);
  const folders = new Map<string, { folder: string; writer: TreeWriter }>();

  function writerAt(leading: string): TreeWriter {
    const known = folders.get(leading);
    if (known !== undefined) return known.writer;
    const folder = join(work, `leading-${folders.size}`);
    const writer = createTreeWriter(folder, name);
    folders.set(leading, { folder, writer });
    return writer;
  }

  function take(entry: TarEntry): EntryWriter | undefined {
    if (entry.type === "other") return undefined;
    const places = placesOf(entry.path, wanted);
    if (places.length === 0) return undefined;
    const writers = places.map((place) => begin(writerAt(place.leading), place, entry, name));
    return writers.length === 1 ? writers[0] : together(writers);
  }

  function finish(target: string): WrittenTree {
    const leading = wanted === "all" ? "" : chosenLeading(folders, wanted, name);
    const chosen = folders.get(leading);
    if (chosen === undefined) throw nothingKept(name, []);
    const top = wanted === "all" ? commonTop(chosen.writer.paths()) : "";
    const root = normalFolder(into);
    const written = chosen.writer.finish((path) => joinTree(root, top === "" ? path : path.slice(top.length + 1)));
    move(join(chosen.folder, top), join(target, root));
    return written;
  }

  return { take, finish, abandon: () => folders.forEach(({ writer }) => writer.abandon()) };
}

/** Each way to read the path as leading folders plus a kept path; for a whole source the path as it stands. */
export function placesOf(path: string, wanted: Wanted): Place[] {
  if (wanted === "all") return [{ leading: "", path }];
  const places: Place[] = [];
  let cut = 0;
  for (let count = 0; count <= MOST_LEADING; count++) {
    const rest = cut === 0 ? path : path.slice(cut);
    if (wanted.some((folder) => isWithin(rest, folder))) places.push({ leading: path.slice(0, cut), path: rest });
    const slash = path.indexOf("/", cut);
    if (slash === -1) break;
    cut = slash + 1;
  }
  return places;
}

function begin(writer: TreeWriter, place: Place, entry: TarEntry, name: string): EntryWriter | undefined {
  if (entry.type === "symlink") return void writer.symlink(place.path, entry.linkPath);
  if (entry.type === "hardlink") return void writer.hardlink(place.path, hardlinkTarget(entry, place.leading));
  if (entry.sparse) throw new UnforkError("archive-invalid", `${name} holds a sparse file, which is not read: ${entry.path}`);
  return writer.file(place.path, entry.executable);
}

function hardlinkTarget(entry: TarEntry, leading: string): string {
  const target = normalFolder(entry.linkPath);
  return target.startsWith(leading) ? target.slice(leading.length) : target;
}

function together(writers: readonly (EntryWriter | undefined)[]): EntryWriter {
  return {
    write: (piece) => writers.forEach((writer) => writer?.write(piece)),
    end: () => writers.forEach((writer) => writer?.end()),
  };
}

function chosenLeading(folders: ReadonlyMap<string, { writer: TreeWriter }>, wanted: readonly string[], name: string): string {
  const tried = [...folders].map(([leading, { writer }]) => ({ leading, missing: missingOf(wanted, writer.paths()) }));
  const whole = tried.filter(({ missing }) => missing.length === 0).map(({ leading }) => leading);
  const shortest = Math.min(...whole.map(depthOf));
  const best = whole.filter((leading) => depthOf(leading) === shortest);
  const [chosen] = best;
  if (chosen === undefined) throw nothingKept(name, fewest(tried.map(({ missing }) => missing)) ?? wanted);
  if (best.length === 1) return chosen;
  throw new UnforkError("input-invalid", `${name} holds the kept sub-trees in more than one place: ${best.toSorted().join(", ")}`, {
    hint: "write 'keep' with the leading folder that is meant",
  });
}

function fewest(lists: readonly string[][]): string[] | undefined {
  return lists.toSorted((a, b) => a.length - b.length)[0];
}

function depthOf(leading: string): number {
  return leading.split("/").length;
}

function nothingKept(name: string, missing: readonly string[]): UnforkError {
  const what = missing.length === 0 ? "holds no files" : `has no ${missing.join(", no ")}`;
  return new UnforkError("input-invalid", `${name} ${what}`, {
    hint: "check the release's 'keep' and the source's 'into' against what the archive holds",
    context: { archive: name },
  });
}

/** The one folder that all paths share, or "" when there is none. */
function commonTop(paths: readonly string[]): string {
  const first = paths[0] ?? "";
  const slash = first.indexOf("/");
  if (slash === -1) return "";
  const top = first.slice(0, slash);
  return paths.every((path) => path.startsWith(`${top}/`)) ? top : "";
}

function move(from: string, to: string): void {
  try {
    mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
  } catch (error) {
    throw fileError("write", to, error);
  }
}
