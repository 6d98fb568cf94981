/** Owns where patches edit their files: ranges of lines, as git finds them, by the two blobs. */
import { type Repository, gitOk } from "../../git/git.js";
import type { StackPatch } from "../stack/stack-patch.js";

/** Lines `start` to `start + count - 1`, from 1 on, are replaced by `added` ones; count 0: these come in behind line `start`. */
export interface LineEdit {
  readonly start: number;
  readonly count: number;
  readonly added: number;
}

/** Edits by `editKey` of the blobs before and after; binary files have none. */
export type Edits = ReadonlyMap<string, readonly LineEdit[]>;

const ARGUMENTS = ["diff-tree", "--stdin", "--root", "-r", "-p", "--unified=0", "--full-index", "--no-renames", "--no-color"];

export async function editsOf(repository: Repository, patches: readonly StackPatch[]): Promise<Edits> {
  const edits = new Map<string, LineEdit[]>();
  if (patches.length === 0) return edits;
  const input = patches.map(({ commit }) => `${commit}\n`).join("");
  const output = await gitOk(repository, [...ARGUMENTS, "--no-ext-diff", "--no-textconv", "--no-commit-id"], { input });
  let current: LineEdit[] = [];
  for (const [line] of output.toString("latin1").matchAll(/^(?:index|@@) .*$/gm)) {
    const [, before, after] = /^index ([0-9a-f]{40})\.\.([0-9a-f]{40})/.exec(line) ?? [];
    const hunk = /^@@ -(\d+)(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line);
    if (before !== undefined && after !== undefined) edits.set(editKey(before, after), (current = []));
    else if (hunk !== null) current.push({ start: Number(hunk[1]), count: Number(hunk[2] ?? 1), added: Number(hunk[3] ?? 1) });
  }
  return edits;
}

/** Null: no file on that side. */
export function editKey(before: string | null, after: string | null): string {
  return `${before ?? NO_FILE}..${after ?? NO_FILE}`;
}

const NO_FILE = "0".repeat(40);
