/**
 * Owns the splitting of a tree's changes into clusters of files: what brings the same new name belongs together, a header and
 * its source, the files of a new folder; what nothing links lies with its folder.
 */
import type { ByteString } from "../../../git/bytes.js";
import { type DisjointSets, disjointSets } from "../../../support/disjoint-sets.js";
import { byText } from "../../../support/order.js";
import type { ChangedFile } from "../difference.js";
import { isBuildFile } from "./build-files.js";
import { type Edge, communityJoins } from "./communities.js";
import { fileNamesIn, identifiersIn } from "./words.js";

export interface FileCluster {
  readonly files: readonly ChangedFile[];
  /** New names that at least two of the files have, those of most files first. */
  readonly shared: readonly string[];
  /** The folder all files lie in; empty is the top. */
  readonly folder: ByteString;
  readonly newFolder: boolean;
}

/** Takes those names out that the base has anywhere: they are not new. */
export type OnlyNew = (names: ReadonlySet<string>) => Promise<ReadonlySet<string>>;

/** A name in more files than these, and in more than this share, says nothing. */
const MOST_FILES = 8;
const MOST_SHARE = 0.4;

export interface ClusterRequest {
  readonly changed: readonly ChangedFile[];
  /** Folders of the base, each ending in `/`. */
  readonly baseFolders: ReadonlySet<ByteString>;
  readonly onlyNew: OnlyNew;
}

export async function clusterFiles({ changed, baseFolders, onlyNew }: ClusterRequest): Promise<FileCluster[]> {
  const links = await linksOf(changed, onlyNew);
  const sets = disjointSets(changed.length);
  joinTwins(sets, changed);
  joinNewFolders(sets, changed, baseFolders);
  joinLinked(sets, changed, links);
  follow(sets, changed, links);
  joinByFolder(sets, changed, links, baseFolders);
  return sets.sets().map((set) => clusterOf(set, changed, links, baseFolders));
}

interface Link {
  readonly word: string;
  readonly files: readonly number[];
}

/** New names in at least two files, the rarest first. */
async function linksOf(changed: readonly ChangedFile[], onlyNew: OnlyNew): Promise<Link[]> {
  const files = new Map<string, Set<number>>();
  const tell = (word: string, at: number) => files.set(word, (files.get(word) ?? new Set()).add(at));
  for (const [at, { path, diff }] of changed.entries()) for (const word of identifiersIn(path, diff.added)) tell(word, at);
  const shared = [...files].filter(([, some]) => some.size > 1).map(([word]) => word);
  const fresh = await onlyNew(new Set(shared));
  const byName = new Map(changed.flatMap(({ path, change }, at) => (change === "added" ? [[nameOf(path), at] as const] : [])));
  const named = new Map<string, Set<number>>();
  for (const [at, { diff }] of changed.entries()) {
    for (const name of fileNamesIn(diff.added)) {
      const target = byName.get(name);
      if (target !== undefined && target !== at) named.set(name, (named.get(name) ?? new Set([target])).add(at));
    }
  }
  const most = Math.max(MOST_FILES, changed.length * MOST_SHARE);
  return [...[...files].filter(([word]) => fresh.has(word)), ...named]
    .map(([word, some]) => ({ word, files: [...some].toSorted((a, b) => a - b) }))
    .filter((link) => link.files.length <= most)
    .toSorted((a, b) => a.files.length - b.files.length || byText(a.word, b.word));
}

/** A name that few files have ties them closely. Build files are left out: they speak of every feature. */
function joinLinked(sets: DisjointSets, changed: readonly ChangedFile[], links: readonly Link[]): void {
  const weights = new Map<string, Edge>();
  for (const { files } of links) {
    const code = files.filter((at) => !isBuildFile(changed[at]?.path ?? ""));
    for (const [index, a] of code.entries()) {
      for (const b of code.slice(index + 1)) {
        const weight = (weights.get(`${a} ${b}`)?.weight ?? 0) + 1 / (files.length - 1);
        weights.set(`${a} ${b}`, { a, b, weight });
      }
    }
  }
  for (const [a, b] of communityJoins([...weights.values()], sets.find)) sets.join(a, b);
}

/** `a/gate.h`, `a/gate.cc`, `a/gate_unittest.cc`. */
function joinTwins(sets: DisjointSets, changed: readonly ChangedFile[]): void {
  const firsts = new Map<string, number>();
  for (const [at, { path }] of changed.entries()) {
    if (isBuildFile(path)) continue;
    const stem = path.replace(/\.\w+$/, "").replace(/_(?:unittest|test|tests|impl|internal|fuzzer)$/, "");
    const first = firsts.get(stem);
    if (first === undefined) firsts.set(stem, at);
    else sets.join(first, at);
  }
}

function joinNewFolders(sets: DisjointSets, changed: readonly ChangedFile[], baseFolders: ReadonlySet<ByteString>): void {
  const firsts = new Map<string, number>();
  for (const [at, { path }] of changed.entries()) {
    const folder = newFolderOf(path, baseFolders);
    if (folder === undefined) continue;
    const first = firsts.get(folder);
    if (first === undefined) firsts.set(folder, at);
    else sets.join(first, at);
  }
}

/** The topmost folder of a path that the base does not have. */
function newFolderOf(path: ByteString, baseFolders: ReadonlySet<ByteString>): ByteString | undefined {
  for (let slash = path.indexOf("/"); slash >= 0; slash = path.indexOf("/", slash + 1)) {
    if (!baseFolders.has(path.slice(0, slash + 1))) return path.slice(0, slash + 1);
  }
  return undefined;
}

/** A build file goes where most of its links lead. */
function follow(sets: DisjointSets, changed: readonly ChangedFile[], links: readonly Link[]): void {
  for (const [at, { path }] of changed.entries()) {
    if (!isBuildFile(path)) continue;
    const votes = new Map<number, number>();
    for (const { files } of links) {
      if (!files.includes(at)) continue;
      for (const root of new Set(files.filter((other) => other !== at).map(sets.find))) votes.set(root, (votes.get(root) ?? 0) + 1);
    }
    const [best] = [...votes].toSorted(([a, x], [b, y]) => y - x || a - b);
    if (best !== undefined) sets.join(best[0], at);
  }
}

/** Files that nothing links lie together with those of their folder; few of them with those of the folder above. */
function joinByFolder(
  sets: DisjointSets,
  changed: readonly ChangedFile[],
  links: readonly Link[],
  baseFolders: ReadonlySet<ByteString>,
): void {
  const linked = new Set(links.flatMap(({ files }) => files));
  const alone = changed.map((_, at) => at).filter((at) => sets.sizeOf(at) === 1 && !linked.has(at));
  const keyed = alone.map((at) => ({ at, folder: folderOf(changed[at]?.path ?? "") }));
  const counts = new Map<string, number>();
  for (const { folder } of keyed) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  const firsts = new Map<string, number>();
  for (const { at, folder } of keyed) {
    const key = (counts.get(folder) ?? 0) > 1 || folder === "" ? folder : folderOf(folder.slice(0, -1));
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, at);
    else if (newFolderOf(changed[at]?.path ?? "", baseFolders) === undefined) sets.join(first, at);
  }
}

function clusterOf(
  set: readonly number[],
  changed: readonly ChangedFile[],
  links: readonly Link[],
  baseFolders: ReadonlySet<ByteString>,
): FileCluster {
  const files = set.map((at) => changed[at]).filter((file) => file !== undefined);
  const members = new Set(set);
  const shared = links
    .map(({ word, files: some }) => ({ word, inside: some.filter((at) => members.has(at)).length }))
    .filter(({ inside }) => inside > 1)
    .toSorted((a, b) => b.inside - a.inside || b.word.length - a.word.length || byText(a.word, b.word));
  const folder = commonFolder(files.map(({ path }) => path));
  return { files, shared: shared.map(({ word }) => word), folder, newFolder: folder !== "" && !baseFolders.has(folder) };
}

/** The folder that all paths lie in, ending in `/`. */
export function commonFolder(paths: readonly ByteString[]): ByteString {
  let [folder = ""] = paths.map(folderOf);
  for (const path of paths) while (!path.startsWith(folder)) folder = folderOf(folder.slice(0, -1));
  return folder;
}

function folderOf(path: ByteString): ByteString {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

function nameOf(path: ByteString): ByteString {
  return path.slice(path.lastIndexOf("/") + 1);
}
