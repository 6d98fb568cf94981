/** Owns the in-memory three-way merge: `git merge-tree --write-tree`, no work tree and no index. */
import { run } from "../support/exec.js";
import { UnforkError } from "../support/errors.js";
import { gitFailure } from "./errors.js";
import { gitCommand } from "./git.js";
import type { ObjectStore } from "./objects.js";
import type { TreeEntry } from "./tree.js";

/** One path the merge could not decide; a side that has no such file is null. */
export interface ConflictedPath {
  readonly path: string;
  readonly base: TreeEntry | null;
  readonly ours: TreeEntry | null;
  readonly theirs: TreeEntry | null;
}

export interface MergeResult {
  /** Tree of the result; with conflict markers in the files named in `conflicts`. */
  readonly tree: string;
  readonly conflicts: readonly ConflictedPath[];
  /** What git says of single paths: "Auto-merging a.cc", "CONFLICT (modify/delete): …". */
  readonly messages: readonly string[];
}

/** Merges two commits; their merge base is the one their history has. */
export async function mergeCommits(objects: ObjectStore, ours: string, theirs: string): Promise<MergeResult> {
  const command = gitCommand(objects.repository, ["merge-tree", "--write-tree", "--messages", "-z", ours, theirs]);
  const result = await run(command);
  // Exit 1 is a conflict, but also what 2.39 says of a missing commit: then there is no tree.
  if ((result.code !== 0 && result.code !== 1) || result.stdout.length === 0) throw gitFailure(command, result);
  return parseMergeOutput(result.stdout);
}

/** Output format of git-merge-tree(1) with -z: tree, conflicted file info, an empty field, then messages. */
export function parseMergeOutput(output: Buffer): MergeResult {
  const fields = output.toString("utf8").split("\0");
  const tree = (fields[0] ?? "").trim();
  if (!/^[0-9a-f]{40}$/.test(tree)) throw new UnforkError("tool-failed", `git merge-tree gave no tree but '${tree}'`);
  const found = new Map<string, Record<string, TreeEntry>>();
  let at = 1;
  for (; at < fields.length && fields[at] !== ""; at++) {
    const match = /^(\d{6}) ([0-9a-f]{40}) ([123])\t(.*)$/s.exec(fields[at] ?? "");
    if (match === null) break;
    const [, mode = "", id = "", stage = "", path = ""] = match;
    found.set(path, { ...found.get(path), [stage]: { mode, id } });
  }
  return { tree, conflicts: conflictsOf(found), messages: messagesOf(fields.slice(at + 1)) };
}

function conflictsOf(found: ReadonlyMap<string, Record<string, TreeEntry>>): ConflictedPath[] {
  return [...found].map(([path, stages]) => ({
    path,
    base: stages["1"] ?? null,
    ours: stages["2"] ?? null,
    theirs: stages["3"] ?? null,
  }));
}

/** Each message: number of paths, the paths, a short type, the message. */
function messagesOf(fields: readonly string[]): string[] {
  const messages: string[] = [];
  for (let at = 0; at < fields.length && /^\d+$/.test(fields[at] ?? "");) {
    const end = at + Number(fields[at]) + 2;
    messages.push((fields[end] ?? "").trim());
    at = end + 1;
  }
  return messages;
}
