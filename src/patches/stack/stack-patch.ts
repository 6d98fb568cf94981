/** Owns a stack of patches as it is read out of git: `OLD_BASE..TIP`, merges left out, in the order in which rebase takes them. */
import { gitOk } from "../../git/git.js";
import type { ObjectPool } from "../../git/object-pool.js";
import type { ObjectStore } from "../../git/objects.js";
import { straightLine } from "../../git/straight-line.js";
import { type RawCommit, messageText, parseRawCommit, subjectOf } from "../../git/raw-commit.js";
import { type TreeChange, changesBetween } from "../../git/tree-changes.js";
import type { TreeReader } from "../../git/tree-draft.js";
import { UnforkError } from "../../support/errors.js";

/** One commit of a stack, with what it changes. */
export interface StackPatch {
  readonly commit: string;
  readonly raw: RawCommit;
  readonly subject: string;
  /** Tree of its first parent; null for a root commit. */
  readonly parentTree: string | null;
  /** In byte order of the paths; a moved file is a removal and an addition. */
  readonly changes: readonly TreeChange[];
}

export interface StackRange {
  readonly base: string;
  readonly tip: string;
}

/** `A..B` as its two names. Throws `usage` for anything else. */
export function parseRange(text: string): StackRange {
  const match = /^(?<base>(?:(?!\.\.).)+)\.\.(?<tip>(?!\.).+)$/s.exec(text);
  const { base, tip } = match?.groups ?? {};
  if (base !== undefined && tip !== undefined) return { base, tip };
  throw new UnforkError("usage", `'${text}' is no range of commits`, { hint: "write OLD_BASE..TIP, as in m120..my-branch" });
}

/**
 * Ids of the commits, oldest first, as `git rebase` orders them: by topology, without merges. Throws `input-invalid` where the
 * history of a shallow clone is cut off among them: what that commit changes cannot be known.
 */
export async function listStack(pool: ObjectPool, range: StackRange): Promise<string[]> {
  const commits = (await straightLine(pool, range, MOST_STRAIGHT)) ?? (await listed(pool, range));
  const short = commits.find((commit) => pool.cut.has(commit));
  if (short === undefined) return commits;
  throw new UnforkError("input-invalid", `this clone is shallow, and its history is cut off inside of the series, at ${short}`, {
    hint: "git fetch --unshallow, or git fetch --deepen=<commits> until the old base is reached",
    context: { commit: short },
  });
}

async function listed({ repository }: ObjectPool, { base, tip }: StackRange): Promise<string[]> {
  const args = ["rev-list", "--topo-order", "--reverse", "--no-merges", `${base}..${tip}`, "--"];
  return (await gitOk(repository, args))
    .toString("latin1")
    .split("\n")
    .filter((line) => line !== "");
}

/** Longer ones are listed by git. */
const MOST_STRAIGHT = 1000;

export async function readStack(objects: ObjectStore, readTree: TreeReader, commits: readonly string[]): Promise<StackPatch[]> {
  return await Promise.all(commits.map((commit) => readPatch(objects, readTree, commit)));
}

async function readPatch(objects: ObjectStore, readTree: TreeReader, commit: string): Promise<StackPatch> {
  const raw = parseRawCommit(await objects.read(commit, "commit"));
  const [parent] = raw.parents;
  const parentTree = parent === undefined ? null : parseRawCommit(await objects.read(parent, "commit")).tree;
  const changes = await changesBetween(readTree, parentTree, raw.tree);
  return { commit, raw, subject: subjectOf(messageText(raw)), parentTree, changes };
}

/** A whole feature by its trees: where it starts, and what it comes to. */
export interface FeatureTrees {
  readonly name: string;
  readonly commit: string;
  readonly tree: string;
  readonly startTree: string;
}

/** All of a feature as one patch on what it starts from. */
export async function asPatch(readTree: TreeReader, { name, commit, tree, startTree }: FeatureTrees): Promise<StackPatch> {
  const raw = { tree, parents: [], author: "", committer: "", encoding: null, message: "" };
  return { commit, raw, subject: name, parentTree: startTree, changes: await changesBetween(readTree, startTree, tree) };
}
