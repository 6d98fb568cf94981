/** Owns the hunks of a unified diff: read from their heads on, each held against the lengths that its head tells. */
import type { DiffHunk } from "./file-diff.js";
import { type PatchLines, errorAt, peek } from "./patch-lines.js";

const HEAD = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@(.*)$/s;

/** Whether a line is the head of a hunk. */
export function isHunkHead(line: string | undefined): boolean {
  return line !== undefined && HEAD.test(line);
}

/** The hunks that start at the next line; none when it is no hunk's head. */
export function parseHunkList(lines: PatchLines): DiffHunk[] {
  const hunks: DiffHunk[] = [];
  while (peek(lines)?.startsWith("@@ -") === true) hunks.push(parseHunk(lines));
  return hunks;
}

/** What is still to come of a hunk, and what came. */
interface Progress {
  old: number;
  new: number;
  readonly lines: string[];
  oldUnterminated: boolean;
  newUnterminated: boolean;
}

function parseHunk(lines: PatchLines): DiffHunk {
  const head = HEAD.exec(peek(lines) ?? "");
  if (head === null) throw errorAt(lines, "this head of a hunk cannot be read", "write it as `@@ -start,count +start,count @@`");
  const [oldStart, oldCount, newStart, newCount] = [head[1], head[2] ?? "1", head[3], head[4] ?? "1"].map(Number);
  if (oldStart === undefined || oldCount === undefined || newStart === undefined || newCount === undefined) throw new Error("four numbers");
  const start = lines.at;
  lines.at++;
  const progress: Progress = { old: oldCount, new: newCount, lines: [], oldUnterminated: false, newUnterminated: false };
  while (progress.old > 0 || progress.new > 0) takeLine(lines, progress);
  if (!progress.lines.some((line) => !line.startsWith(" "))) {
    lines.at = start;
    throw errorAt(lines, "this hunk changes nothing", "remove it, or make the patch anew with `git diff`");
  }
  const { oldUnterminated, newUnterminated } = progress;
  const section = head[5] ?? "";
  return { oldStart, oldCount, newStart, newCount, lines: progress.lines, oldUnterminated, newUnterminated, section };
}

function takeLine(lines: PatchLines, progress: Progress): void {
  const line = peek(lines);
  const sign = signOf(line);
  if (line === undefined || sign === undefined) throw errorAt(lines, `the hunk ends too early: ${missing(progress)}`, REDO);
  if (lines.cut && lines.at === lines.lines.length - 1) throw errorAt(lines, "the patch ends within a line", REDO);
  if (sign !== "+" && (progress.old === 0 || progress.oldUnterminated)) throw tooMany(lines, progress.old === 0, "old");
  if (sign !== "-" && (progress.new === 0 || progress.newUnterminated)) throw tooMany(lines, progress.new === 0, "new");
  if (sign !== "+") progress.old--;
  if (sign !== "-") progress.new--;
  progress.lines.push(line === "" ? " " : line);
  lines.at++;
  if (!isMarker(peek(lines))) return;
  if (sign !== "+") progress.oldUnterminated = true;
  if (sign !== "-") progress.newUnterminated = true;
  lines.at++;
}

/** Tools that cut spaces at line ends leave an empty line where an empty line of context was. */
function signOf(line: string | undefined): " " | "-" | "+" | undefined {
  if (line === undefined) return undefined;
  const first = line === "" ? " " : line[0];
  return first === " " || first === "-" || first === "+" ? first : undefined;
}

/** `\ No newline at end of file`, in any language. */
function isMarker(line: string | undefined): boolean {
  return line !== undefined && line.startsWith("\\ ") && line.length > 10;
}

const REDO = "the patch was cut, wrapped or edited by hand: make it anew, or correct the numbers in the hunk's head";

function missing({ old, new: fresh }: Progress): string {
  return `its head promises ${old} more old and ${fresh} more new line${fresh === 1 ? "" : "s"}`;
}

function tooMany(lines: PatchLines, counted: boolean, side: string): Error {
  const why = counted ? `the hunk has more ${side} lines than its head says` : `a line follows the last ${side} one, which has no newline`;
  return errorAt(lines, why, REDO);
}
