/** Owns a look at upstream here and there: which contents and paths its trees have at some commits spread over its history. */
import type { ByteString } from "../../../git/bytes.js";
import type { ObjectStore } from "../../../git/objects.js";
import { parseRawCommit } from "../../../git/raw-commit.js";
import type { TreeReader } from "../../../git/tree-draft.js";
import { listTree } from "../read-commit.js";
import type { UpstreamCommit } from "./upstream-commits.js";

export interface SampleTrees {
  readonly placesOf: (id: string) => readonly ByteString[];
  readonly hasPath: (path: ByteString) => boolean;
}

const SAMPLES = 14;

/** Some commits of a history, evenly spread, the last one in any case. */
export function spreadOver(commits: readonly UpstreamCommit[]): string[] {
  const last = commits.length - 1;
  const picked = new Set(Array.from({ length: SAMPLES }, (_, at) => Math.round((last * at) / (SAMPLES - 1))));
  return [...picked].map((at) => commits[at]?.id).filter((id) => id !== undefined);
}

export async function sampleTrees(objects: ObjectStore, readTree: TreeReader, commits: readonly string[]): Promise<SampleTrees> {
  const places = new Map<string, ByteString[]>();
  const paths = new Set<ByteString>();
  const trees = new Set<string>();
  for (const id of commits) {
    const { tree } = parseRawCommit(await objects.read(id, "commit"));
    if (trees.has(tree)) continue;
    trees.add(tree);
    for (const file of await listTree(readTree, tree)) {
      paths.add(file.path);
      const known = places.get(file.id);
      if (known === undefined) places.set(file.id, [file.path]);
      else if (!known.includes(file.path)) known.push(file.path);
    }
  }
  return { placesOf: (id) => places.get(id) ?? [], hasPath: (path) => paths.has(path) };
}

/** The same of every commit, for a fork that none of the spread ones has a file in common with. */
export function sampleFrom(found: ReadonlyMap<string, ReadonlySet<ByteString>>): SampleTrees {
  const paths = new Set([...found.values()].flatMap((some) => Array.from(some)));
  return { placesOf: (id) => [...(found.get(id) ?? [])], hasPath: (path) => paths.has(path) };
}
