/** Owns the mending: edits of findings put into the bytes of files, and the unified diff of what they change. */
import type { CallsiteEdit, CallsiteFinding } from "../../model/isolation-callsites.js";
import { byText } from "../../support/order.js";

/** The edits of findings by file, ascending, each once. */
export function editsByFile(findings: readonly CallsiteFinding[]): Map<string, CallsiteEdit[]> {
  const byFile = new Map<string, Map<string, CallsiteEdit>>();
  for (const { edit } of findings) {
    if (edit === null) continue;
    const known = byFile.get(edit.file) ?? new Map<string, CallsiteEdit>();
    byFile.set(edit.file, known.set(`${edit.start} ${edit.end}`, edit));
  }
  const sorted = [...byFile].toSorted(([a], [b]) => byText(a, b));
  return new Map(sorted.map(([file, edits]) => [file, [...edits.values()].toSorted((a, b) => a.start - b.start || a.end - b.end)]));
}

/** The bytes with ascending edits applied; an edit that overlaps the one before it is left out. */
export function applyEdits(bytes: Buffer, edits: readonly CallsiteEdit[]): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (const { start, end, text } of edits) {
    if (start < from) continue;
    parts.push(bytes.subarray(from, start), Buffer.from(text, "latin1"));
    from = end;
  }
  return Buffer.concat([...parts, bytes.subarray(from)]);
}

const CONTEXT = 3;

/** Unified diff (POSIX diff -u) of two texts with the same number of lines; "" when they are equal. Bytes are kept, as latin1. */
export function unifiedDiff(path: string, before: Buffer, after: Buffer): string {
  const old = linesOf(before);
  const fresh = linesOf(after);
  const changed = old.flatMap((line, at) => (line === fresh[at] ? [] : [at]));
  if (changed.length === 0) return "";
  const hunks = hunksOf(changed, old.length).map(([from, to]) => hunk(old, fresh, from, to));
  return [`--- a/${path}\n`, `+++ b/${path}\n`, ...hunks].join("");
}

/** Lines with their ends. */
function linesOf(bytes: Buffer): string[] {
  return bytes.toString("latin1").match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Ranges of lines, each changed line with its context, joined where they touch. */
function hunksOf(changed: readonly number[], count: number): [number, number][] {
  const ranges: [number, number][] = [];
  for (const at of changed) {
    const last = ranges.at(-1);
    if (last !== undefined && at - CONTEXT <= last[1]) last[1] = Math.min(count, at + CONTEXT + 1);
    else ranges.push([Math.max(0, at - CONTEXT), Math.min(count, at + CONTEXT + 1)]);
  }
  return ranges;
}

function hunk(old: readonly string[], fresh: readonly string[], from: number, to: number): string {
  const body: string[] = [];
  for (let at = from; at < to;) {
    if (old[at] === fresh[at]) body.push(` ${old[at++]}`);
    else {
      let end = at;
      while (end < to && old[end] !== fresh[end]) end++;
      body.push(...old.slice(at, end).map((line) => `-${line}`), ...fresh.slice(at, end).map((line) => `+${line}`));
      at = end;
    }
  }
  const place = `${from + 1},${to - from}`;
  return `@@ -${place} +${place} @@\n${body.map(withEnd).join("")}`;
}

function withEnd(line: string): string {
  return line.endsWith("\n") ? line : `${line}\n\\ No newline at end of file\n`;
}
