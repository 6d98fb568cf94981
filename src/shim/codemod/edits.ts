/** Owns edits put into the bytes of a file, and the unified diff that they make. */
import { lineIndex, lineStarts } from "../../tokens/lines.js";
import type { Edit } from "./site.js";

/** In the order of the file; those that overlap an earlier one are an error of ours. */
export function sortedEdits(edits: readonly Edit[]): Edit[] {
  const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  for (const [index, edit] of sorted.entries())
    if (index > 0 && edit.start < (sorted[index - 1] as Edit).end) throw new Error(`two edits overlap at byte ${edit.start}`);
  return sorted;
}

/** The bytes with sorted edits applied. */
export function applyEdits(bytes: Buffer, edits: readonly Edit[]): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (const { start, end, text } of edits) {
    parts.push(bytes.subarray(from, start), Buffer.from(text));
    from = end;
  }
  return Buffer.concat([...parts, bytes.subarray(from)]);
}

const CONTEXT = 3;

/** Unified diff (POSIX diff -u) of the edits. Bytes are kept, as latin1. */
export function editsDiff(path: string, bytes: Buffer, edits: readonly Edit[]): string {
  if (edits.length === 0) return "";
  const starts = lineStarts(bytes);
  const count = starts.at(-1) === bytes.length ? starts.length - 1 : starts.length;
  const endOf = (line: number): number => starts[line + 1] ?? bytes.length;
  const runs = runsOf(edits, starts);
  const hunks: Run[][] = [];
  for (const run of runs) {
    const last = hunks.at(-1)?.at(-1);
    if (last !== undefined && run.first - last.last <= 2 * CONTEXT + 1) hunks.at(-1)?.push(run);
    else hunks.push([run]);
  }
  const linesIn = (from: number, to: number): string[] =>
    linesOf(bytes.subarray(starts[from] ?? bytes.length, to > from ? endOf(to - 1) : (starts[from] ?? bytes.length)));
  const texts: string[] = [];
  let shift = 0;
  for (const hunk of hunks) {
    const from = Math.max(0, (hunk[0] as Run).first - CONTEXT);
    const to = Math.min(count, (hunk.at(-1) as Run).last + 1 + CONTEXT);
    const body: string[] = [];
    let at = from;
    let fresh = 0;
    for (const { first, last, edits: inside } of hunk) {
      const base = starts[first] as number;
      const kept = linesIn(at, first);
      const moved = inside.map(({ start, end, text }) => ({ start: start - base, end: end - base, text }));
      const after = linesOf(applyEdits(bytes.subarray(base, endOf(last)), moved));
      body.push(
        ...kept.map((line) => ` ${line}`),
        ...linesIn(first, last + 1).map((line) => `-${line}`),
        ...after.map((line) => `+${line}`),
      );
      fresh += kept.length + after.length;
      at = last + 1;
    }
    const tail = linesIn(at, to);
    body.push(...tail.map((line) => ` ${line}`));
    fresh += tail.length;
    texts.push(`@@ -${from + 1},${to - from} +${from + 1 + shift},${fresh} @@\n${body.map(withEnd).join("")}`);
    shift += fresh - (to - from);
  }
  return [`--- a/${path}\n`, `+++ b/${path}\n`, ...texts].join("");
}

/** Lines from the first to the last that edits touch together. */
interface Run {
  readonly first: number;
  last: number;
  readonly edits: Edit[];
}

function runsOf(edits: readonly Edit[], starts: readonly number[]): Run[] {
  const runs: Run[] = [];
  for (const edit of edits) {
    const first = lineIndex(starts, edit.start);
    const last = lineIndex(starts, Math.max(edit.start, edit.end - 1));
    const known = runs.at(-1);
    if (known !== undefined && first <= known.last + 1) {
      known.last = Math.max(known.last, last);
      known.edits.push(edit);
    } else runs.push({ first, last, edits: [edit] });
  }
  return runs;
}

/** Lines with their ends. */
function linesOf(bytes: Buffer): string[] {
  return bytes.toString("latin1").match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function withEnd(line: string): string {
  return line.endsWith("\n") ? line : `${line}\n\\ No newline at end of file\n`;
}
