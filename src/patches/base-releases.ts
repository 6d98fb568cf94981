/** Owns the branches `base/<release>`: each release's fetched tree as one commit, the newer on top of the older. */
import { readCommit, writeCommit } from "../git/commit.js";
import { importTree } from "../git/import-tree.js";
import type { ObjectStore } from "../git/objects.js";
import type { BaseRelease } from "./context.js";

/** A release and where its files lie. */
export interface ReleaseTree {
  readonly id: string;
  readonly tree: {
    /** Absolute path of the fetched tree. */
    readonly path: string;
    /** Digest over all its files. */
    readonly digest: string;
  };
}

export interface BaseReleases {
  readonly from: BaseRelease;
  readonly to: BaseRelease;
}

const DIGEST = "Tree-Digest";

/**
 * The two base commits; a tree is imported only when `base/<release>` does not hold its digest already.
 * `base/<to>` has `base/<from>` as its parent, so that every merge finds its base by history.
 */
export async function baseReleases(
  objects: ObjectStore,
  refs: ReadonlyMap<string, string>,
  releases: { readonly from: ReleaseTree; readonly to: ReleaseTree },
): Promise<BaseReleases> {
  const importing = treeOfRelease(objects, refs, releases.from);
  const same = releases.from.tree.digest === releases.to.tree.digest;
  const [fromTree, toTree] = await Promise.all([importing, same ? importing : treeOfRelease(objects, refs, releases.to)]);
  const known = await knownBase(objects, refs, releases.from);
  const from = known?.commit ?? (await commitBase(objects, releases.from, fromTree, []));
  const to = await commitBase(objects, releases.to, toTree, [from]);
  return { from: { id: releases.from.id, commit: from, tree: fromTree }, to: { id: releases.to.id, commit: to, tree: toTree } };
}

export function baseRef(release: string): string {
  return `refs/heads/base/${release}`;
}

/** Holds an imported tree until its base branch is written; a run killed before that finds it again. */
export function incomingRef(digest: string): string {
  return `refs/unfork/incoming/${digest}`;
}

async function treeOfRelease(objects: ObjectStore, refs: ReadonlyMap<string, string>, release: ReleaseTree): Promise<string> {
  const known = await knownBase(objects, refs, release);
  if (known !== undefined) return known.tree;
  const incoming = incomingRef(release.tree.digest);
  const imported = refs.get(incoming);
  if (imported !== undefined) return (await readCommit(objects, imported)).tree;
  return importTree(objects.repository, release.tree.path, { ref: incoming, label: `import ${release.id}` });
}

async function knownBase(
  objects: ObjectStore,
  refs: ReadonlyMap<string, string>,
  release: ReleaseTree,
): Promise<{ readonly commit: string; readonly tree: string } | undefined> {
  const commit = refs.get(baseRef(release.id));
  if (commit === undefined) return undefined;
  const { tree, trailers } = await readCommit(objects, commit);
  return trailers.get(DIGEST) === release.tree.digest ? { commit, tree } : undefined;
}

function commitBase(objects: ObjectStore, release: ReleaseTree, tree: string, parents: readonly string[]): Promise<string> {
  const trailers = { Release: release.id, [DIGEST]: release.tree.digest };
  return writeCommit(objects, { tree, parents, subject: `Upstream's ${release.id}`, trailers });
}
