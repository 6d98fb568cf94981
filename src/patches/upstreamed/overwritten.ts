/**
 * Owns snapshots in upstream's history: commits that put other files over a good part of the tree. What the history before one
 * has, its head need not have, though nobody took it back.
 */
import { changesBetween } from "../../git/tree-changes.js";
import type { TreeReader } from "../../git/tree-draft.js";
import { FOLDER } from "../../git/tree.js";
import type { StackPatch } from "../stack/stack-patch.js";
import type { Mainline } from "./moments.js";
import type { UpstreamCommit } from "./upstream-log.js";

/** A snapshot changes at least so many files, and this share of all; of the stack's files the same share. */
const FEWEST_FILES = 20;
const SHARE_OF_FILES = 0.05;

/** The last snapshot that was put over a file of a patch after a commit, or undefined. */
export type OverwrittenBy = (patch: StackPatch, since: UpstreamCommit) => UpstreamCommit | undefined;

/** `upstream`: oldest first; `stackFiles`: how many files the whole stack touches. */
export async function findSnapshots(
  readTree: TreeReader,
  upstream: readonly UpstreamCommit[],
  { start, commits }: Mainline,
  stackFiles: number,
): Promise<OverwrittenBy> {
  const order = new Map(upstream.map((commit, at) => [commit, at]));
  const likely = [...commits.entries()].filter(([, { touched }]) => touched.length >= Math.max(1, SHARE_OF_FILES * stackFiles));
  const files = likely.length === 0 ? 0 : await filesIn(readTree, likely.at(-1)?.[1].tree ?? start);
  const fewest = Math.max(FEWEST_FILES, SHARE_OF_FILES * files);
  const sizes = likely.map(async ([at, commit]) => {
    const changes = await changesBetween(readTree, commits[at - 1]?.tree ?? start, commit.tree);
    return changes.length >= fewest ? [commit] : [];
  });
  const snapshots = (await Promise.all(sizes)).flat();
  return ({ changes }, since) =>
    snapshots.findLast(
      (snapshot) =>
        (order.get(snapshot) ?? 0) > (order.get(since) ?? 0) &&
        snapshot.touched.some(({ path }) => changes.some((change) => change.path === path)),
    );
}

async function filesIn(readTree: TreeReader, tree: string): Promise<number> {
  const entries = [...(await readTree(tree)).values()];
  const below = await Promise.all(entries.map(({ mode, id }) => (mode === FOLDER ? filesIn(readTree, id) : 1)));
  return below.reduce((total, count) => total + count, 0);
}
