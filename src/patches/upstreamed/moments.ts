/** Owns the states that upstream's main line gives to the files of a patch, one after the other. */
import type { ByteString } from "../../git/bytes.js";
import { type TreeReader, openDraft } from "../../git/tree-draft.js";
import type { TreeEntry } from "../../git/tree.js";
import type { StackPatch } from "../stack/stack-patch.js";
import type { UpstreamCommit } from "./upstream-log.js";

/** The commits by which upstream's head came about, each the first parent of the next, and the tree before them. */
export interface Mainline {
  readonly start: string;
  readonly commits: readonly UpstreamCommit[];
}

/** The files of a patch after a commit of the main line; `commit` null: before all of them. */
export interface Moment {
  readonly commit: UpstreamCommit | null;
  readonly entries: ReadonlyMap<ByteString, TreeEntry | null>;
}

/** Null when the main line has no commit of its own, or does not start from a commit. */
export async function mainlineOf(
  upstream: readonly UpstreamCommit[],
  head: string,
  treeOf: (commit: string) => Promise<string>,
): Promise<Mainline | null> {
  const byId = new Map(upstream.map((commit) => [commit.id, commit]));
  const commits: UpstreamCommit[] = [];
  let at: string | undefined = head;
  for (let commit = byId.get(head); commit !== undefined; commit = at === undefined ? undefined : byId.get(at)) {
    commits.push(commit);
    at = commit.parents[0];
  }
  if (at === undefined || commits.length === 0) return null;
  return { start: await treeOf(at), commits: commits.toReversed() };
}

/** The patch's files at the start, and after each commit that touches one of them; only the start where none does. */
export async function momentsOf(readTree: TreeReader, { start, commits }: Mainline, patch: StackPatch): Promise<Moment[]> {
  const own = new Set(patch.changes.map(({ path }) => path));
  const touching = commits.filter(({ touched }) => touched.some(({ path }) => own.has(path)));
  const draft = openDraft({ readTree, add: neverAdded }, start);
  const first = await Promise.all([...own].map(async (path) => [path, (await draft.entry(path)) ?? null] as const));
  const moments: Moment[] = [{ commit: null, entries: new Map(first) }];
  for (const commit of touching) {
    const changed = commit.touched.filter(({ path }) => own.has(path)).map(({ path, after }) => [path, after] as const);
    moments.push({ commit, entries: new Map([...(moments.at(-1)?.entries ?? []), ...changed]) });
  }
  return moments;
}

function neverAdded(): never {
  throw new Error("a tree that is only read was written");
}
