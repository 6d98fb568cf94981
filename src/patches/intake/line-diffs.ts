/** Owns the differences of many pairs of contents in lines: git compares trees of just these files, some hundred at a time. */
import type { ByteString } from "../../git/bytes.js";
import { gitOk } from "../../git/git.js";
import { type TreeEntry, formatTree } from "../../git/tree.js";
import type { JoinedRepository } from "./joined-repository.js";

/** Ids of two contents; null is a file that is not there. */
export interface ContentPair {
  readonly before: string | null;
  readonly after: string | null;
}

export interface LineDiff {
  /** The lines, without `+` and `-`; none for binary contents. */
  readonly added: readonly ByteString[];
  readonly removed: readonly ByteString[];
}

const AT_ONCE = 400;
const ARGUMENTS = ["diff-tree", "-r", "-p", "--unified=0", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color"];

/** In the order of the pairs. */
export async function lineDiffs(joined: JoinedRepository, pairs: readonly ContentPair[]): Promise<LineDiff[]> {
  const diffs: LineDiff[] = [];
  for (let at = 0; at < pairs.length; at += AT_ONCE) diffs.push(...(await someDiffs(joined, pairs.slice(at, at + AT_ONCE))));
  return diffs;
}

async function someDiffs(joined: JoinedRepository, pairs: readonly ContentPair[]): Promise<LineDiff[]> {
  const tree = (side: "before" | "after") => joined.addTree(formatTree(new Map(pairs.flatMap((pair, at) => entryOf(pair[side], at)))));
  const text = (await gitOk(joined.repository, [...ARGUMENTS, tree("before"), tree("after")])).toString("latin1");
  const diffs = pairs.map(() => ({ added: [] as string[], removed: [] as string[] }));
  let diff: (typeof diffs)[number] | undefined;
  let inHunk = false;
  for (const line of text.split("\n")) {
    const head = /^diff --git a\/(\d+) /.exec(line)?.[1];
    if (head !== undefined) [diff, inHunk] = [diffs[Number(head)], false];
    else if (line.startsWith("@@ ")) inHunk = true;
    else if (inHunk && line.startsWith("+")) diff?.added.push(line.slice(1));
    else if (inHunk && line.startsWith("-")) diff?.removed.push(line.slice(1));
  }
  return diffs;
}

function entryOf(id: string | null, at: number): [string, TreeEntry][] {
  return id === null ? [] : [[String(at).padStart(6, "0"), { mode: "100644", id }]];
}
