/** Owns the head lines of a git diff, as they stand: from `diff --git` up to the first line that is none of them. */
import { type PatchLines, errorAt, peek } from "./patch-lines.js";
import { takeName } from "./raw-name.js";

/** Names as written, with their prefixes; null for /dev/null, undefined where the line is missing. */
export interface GitHead {
  /** The line behind `diff --git `. */
  readonly title: string;
  oldName?: string | null;
  newName?: string | null;
  from?: string;
  to?: string;
  kind?: "rename" | "copy" | "new" | "deleted";
  oldMode?: string;
  newMode?: string;
  /** Of the `index` line: both sides' mode. */
  mode?: string;
  oldId?: string;
  newId?: string;
  similarity?: number;
}

type Take = (head: GitHead, rest: string) => void;

const LINES: readonly (readonly [string, Take])[] = [
  ["--- ", (head, rest) => void (head.oldName = takeName(rest))],
  ["+++ ", (head, rest) => void (head.newName = takeName(rest))],
  ["old mode ", (head, rest) => void (head.oldMode = modeOf(rest))],
  ["new mode ", (head, rest) => void (head.newMode = modeOf(rest))],
  ["new file mode ", (head, rest) => setKind(head, "new", { newMode: modeOf(rest) })],
  ["deleted file mode ", (head, rest) => setKind(head, "deleted", { oldMode: modeOf(rest) })],
  ["rename from ", (head, rest) => setKind(head, "rename", { from: takeWhole(rest) })],
  ["rename to ", (head, rest) => setKind(head, "rename", { to: takeWhole(rest) })],
  ["rename old ", (head, rest) => setKind(head, "rename", { from: takeWhole(rest) })],
  ["rename new ", (head, rest) => setKind(head, "rename", { to: takeWhole(rest) })],
  ["copy from ", (head, rest) => setKind(head, "copy", { from: takeWhole(rest) })],
  ["copy to ", (head, rest) => setKind(head, "copy", { to: takeWhole(rest) })],
  ["similarity index ", (head, rest) => void (head.similarity = Number.parseInt(rest, 10))],
  ["dissimilarity index ", () => undefined],
  ["index ", takeIndex],
];

/** Reads the head whose first line, `diff --git …`, is next. */
export function parseGitHead(lines: PatchLines): GitHead {
  const head: GitHead = { title: withoutReturn(peek(lines) ?? "").slice("diff --git ".length) };
  lines.at++;
  for (let line = peek(lines); line !== undefined; line = peek(lines)) {
    const text = line;
    const [start, take] = LINES.find(([word]) => text.startsWith(word)) ?? [];
    if (start === undefined || take === undefined) break;
    try {
      take(head, withoutReturn(text.slice(start.length)));
    } catch (error) {
      if (error instanceof HeadFault) throw errorAt(lines, error.message, "make the patch anew with `git diff`");
      throw error;
    }
    lines.at++;
    if (start === "+++ ") break;
  }
  return head;
}

class HeadFault extends Error {}

function setKind(head: GitHead, kind: NonNullable<GitHead["kind"]>, more: Partial<GitHead>): void {
  if (head.kind !== undefined && head.kind !== kind) throw new HeadFault(`the head says ${head.kind} and ${kind} of one file`);
  Object.assign(head, { kind, ...more });
}

function modeOf(rest: string): string {
  const mode = /^0*([0-7]{5,6})\s*$/.exec(rest)?.[1];
  if (mode === undefined) throw new HeadFault("this mode of a file cannot be read");
  return mode;
}

function takeIndex(head: GitHead, rest: string): void {
  const index = /^([0-9a-f]{1,64})\.\.([0-9a-f]{1,64})(?: (\d+))?\s*$/.exec(rest);
  if (index === null) return;
  [head.oldId, head.newId] = [index[1] ?? "", index[2] ?? ""];
  if (index[3] !== undefined) head.mode = modeOf(index[3]);
}

/** Names of renames and copies are written whole: without prefix, without tab. */
function takeWhole(rest: string): string {
  const name = takeName(rest, "whole");
  if (name === null) throw new HeadFault("/dev/null is no name to move from or to");
  return name;
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
