/** Owns differences between trees and between blobs, as git tells them. */
import { UnforkError } from "../support/errors.js";
import { type Repository, gitOk } from "./git.js";
import type { TreeEntry } from "./tree.js";

/** A path that differs between two trees; null on the side that lacks it. */
export interface TreeDifference {
  readonly path: string;
  readonly before: TreeEntry | null;
  readonly after: TreeEntry | null;
}

/** A changed run of lines, without context; `lines` are the new ones as latin1 text (one character per byte). */
export interface Hunk {
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
  readonly lines: readonly string[];
  /** The last new line ends the file without a newline. */
  readonly unterminated: boolean;
}

/** Paths that differ, in git's order; a moved file is a removal and an addition. */
export async function diffTrees(repository: Repository, before: string, after: string): Promise<TreeDifference[]> {
  const fields = await diffTreeFields(repository, ["--no-renames", before, after]);
  const differences: TreeDifference[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [oldMode = "", newMode = "", oldId = "", newId = ""] = (fields[at] ?? "").slice(1).split(" ");
    differences.push({ path: fields[at + 1] ?? "", before: side(oldMode, oldId), after: side(newMode, newId) });
  }
  return differences;
}

/** Files that moved, old path to new path; found by name or by at least half of their content (git's default). */
export async function movedFiles(repository: Repository, before: string, after: string): Promise<Map<string, string>> {
  const fields = await diffTreeFields(repository, ["--find-renames", "--diff-filter=R", before, after]);
  const moved = new Map<string, string>();
  for (let at = 0; at + 2 < fields.length; at += 3) moved.set(fields[at + 1] ?? "", fields[at + 2] ?? "");
  return moved;
}

async function diffTreeFields(repository: Repository, args: readonly string[]): Promise<string[]> {
  const output = await gitOk(repository, ["diff-tree", "-r", "-z", "--raw", "--full-index", "--no-commit-id", ...args]);
  return output.toString("utf8").split("\0").slice(0, -1);
}

function side(mode: string, id: string): TreeEntry | null {
  return /^0+$/.test(mode) ? null : { mode, id };
}

/** The changed runs between two blobs, top to bottom; also of binary content. */
export async function diffBlobs(repository: Repository, before: string, after: string): Promise<Hunk[]> {
  if (before === after) return [];
  const output = await gitOk(repository, ["diff", "--text", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", before, after]);
  return parseHunks(output.toString("latin1"));
}

/** Unified format without context: `@@ -start[,count] +start[,count] @@`, then `-` and `+` lines. */
export function parseHunks(text: string): Hunk[] {
  const hunks: (Hunk & { lines: string[]; unterminated: boolean })[] = [];
  let last = "";
  for (const line of text.split("\n")) {
    const hunk = hunks.at(-1);
    const head = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (head !== null) hunks.push({ ...numbersOf(head), lines: [], unterminated: false });
    else if (hunk === undefined) continue;
    else if (line.startsWith("+")) hunk.lines.push(line.slice(1));
    else if (line.startsWith("\\") && last === "+") hunk.unterminated = true;
    last = line.slice(0, 1);
  }
  for (const hunk of hunks)
    if (hunk.lines.length !== hunk.newCount)
      throw new UnforkError("tool-failed", "git diff gave a hunk of another length than its head says");
  return hunks;
}

function numbersOf(head: RegExpExecArray) {
  return {
    oldStart: Number(head[1]),
    oldCount: Number(head[2] ?? 1),
    newStart: Number(head[3]),
    newCount: Number(head[4] ?? 1),
  };
}
