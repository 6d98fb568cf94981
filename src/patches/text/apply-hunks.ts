/**
 * Owns the applying of hunks to a file's content, with the decisions of `git apply`: no fuzz, no change of whitespace; a hunk is
 * looked for outwards from the line that its head tells for the new file; lines that an earlier hunk wrote match no later one.
 */
import type { DiffHunk } from "./file-diff.js";
import { findPlace } from "./find-place.js";

export interface ApplyOptions {
  /** `git apply --unidiff-zero`: hunks without context need not touch the file's ends. */
  readonly unidiffZero?: boolean;
  /** Binary patches whose ids are cut short are held against the part that there is (at least seven digits); git refuses them. */
  readonly shortIds?: boolean;
}

export type ApplyResult =
  /** `offsets`: per hunk by how many lines it lies behind (or, negative, before) the expected place. */
  | { readonly status: "applied"; readonly content: Buffer; readonly offsets: readonly number[] }
  /** `hunk`: the first one without a place, from 0; `why`: a sentence. */
  | { readonly status: "refused"; readonly hunk: number; readonly why: string };

/** A file while hunks go in: lines with their newlines, and which of them a hunk of this patch wrote. */
export interface Image {
  readonly lines: string[];
  readonly written: boolean[];
}

/** The content with all hunks applied, or the first hunk that has no place. */
export function applyHunks(content: Buffer, hunks: readonly DiffHunk[], options: ApplyOptions = {}): ApplyResult {
  const lines = linesOf(content.toString("latin1"));
  const image: Image = { lines, written: lines.map(() => false) };
  const offsets: number[] = [];
  for (const [index, hunk] of hunks.entries()) {
    const expected = Math.max(hunk.newStart - 1, 0);
    const place = findPlace(image, sideOf(hunk, "-"), { expected, ...anchors(hunk, options) });
    if (place === undefined) return { status: "refused", hunk: index, why: whyNot(hunk) };
    offsets.push(place - expected);
    const fresh = sideOf(hunk, "+");
    image.lines.splice(place, sideOf(hunk, "-").length, ...fresh);
    image.written.splice(place, sideOf(hunk, "-").length, ...fresh.map(() => true));
  }
  return { status: "applied", content: Buffer.from(image.lines.join(""), "latin1"), offsets };
}

/** Lines with their newlines; the last one may lack its own. */
function linesOf(text: string): string[] {
  const lines = text.split("\n").map((line) => `${line}\n`);
  const last = text.slice(text.lastIndexOf("\n") + 1);
  lines.pop();
  if (last !== "") lines.push(last);
  return lines;
}

/** The lines of one side of a hunk, context included, as they stand in the file. */
function sideOf(hunk: DiffHunk, sign: "-" | "+"): string[] {
  const lines = hunk.lines.filter((line) => line.startsWith(" ") || line.startsWith(sign)).map((line) => `${line.slice(1)}\n`);
  const last = lines.pop();
  if (last === undefined) return lines;
  const unterminated = sign === "-" ? hunk.oldUnterminated : hunk.newUnterminated;
  return [...lines, unterminated ? last.slice(0, -1) : last];
}

/** A hunk of the first line, or without old lines, stands at the beginning; one without context behind it at the end. */
function anchors(hunk: DiffHunk, { unidiffZero = false }: ApplyOptions): { atStart: boolean; atEnd: boolean } {
  const endsInContext = hunk.lines.at(-1)?.startsWith(" ") === true;
  return { atStart: hunk.oldStart === 0 || (hunk.oldStart === 1 && !unidiffZero), atEnd: !unidiffZero && !endsInContext };
}

function whyNot(hunk: DiffHunk): string {
  return `the old lines of the hunk @@ -${hunk.oldStart},${hunk.oldCount} +${hunk.newStart},${hunk.newCount} @@ are not in the file`;
}
