/** Owns the search for the place of a hunk's old lines in a file, in the order of `git apply`. */
import type { Image } from "./apply-hunks.js";

export interface Wanted {
  /** Index of the line where the hunk should begin. */
  readonly expected: number;
  /** The hunk must begin with the file's first line. */
  readonly atStart: boolean;
  /** The hunk must end with the file's last line. */
  readonly atEnd: boolean;
}

/** Index of the line where the old lines begin, or undefined. */
export function findPlace(image: Image, old: readonly string[], wanted: Wanted): number | undefined {
  for (const place of places(startOf(image, old, wanted), image.lines.length)) if (fits(image, old, place, wanted)) return place;
  return undefined;
}

/** A hunk that is bound to an end of the file is looked for there first; too long a one, or one too far down, at the very end. */
function startOf(image: Image, old: readonly string[], { expected, atStart, atEnd }: Wanted): number {
  const count = image.lines.length;
  const start = atStart ? 0 : atEnd ? count - old.length : expected;
  return start < 0 || start > count ? count : start;
}

/** The place itself, one line down, one up, two down, two up … while there are lines. */
function* places(start: number, count: number): Generator<number> {
  yield start;
  for (let distance = 1; start + distance <= count || start - distance >= 0; distance++) {
    if (start + distance <= count) yield start + distance;
    if (start - distance >= 0) yield start - distance;
  }
}

function fits({ lines, written }: Image, old: readonly string[], place: number, { atStart, atEnd }: Wanted): boolean {
  const end = place + old.length;
  if (end > lines.length || (atEnd && end !== lines.length) || (atStart && place !== 0)) return false;
  let same = true;
  for (let at = 0; at < old.length; at++) {
    if (written[place + at] === true) return false;
    if (lines[place + at] === old[at]) continue;
    if (!alike(lines[place + at] ?? "", old[at] ?? "")) return false;
    same = false;
  }
  return same || bytesFit(lines, old, place, atEnd);
}

/** Lines that differ in whitespace only: git's first look takes them for the same. */
function alike(line: string, other: string): boolean {
  return withoutSpace(line) === withoutSpace(other);
}

function withoutSpace(line: string): string {
  return line.replaceAll(/[\t\n\v\f\r ]/g, "");
}

/**
 * Git's second look compares bytes, not lines: an old line without newline also fits the beginning of a line, when
 * the rest of this is whitespace and the hunk is not bound to the end.
 */
function bytesFit(lines: readonly string[], old: readonly string[], place: number, atEnd: boolean): boolean {
  const [rest, wanted] = [lines.slice(place).join(""), old.join("")];
  return atEnd ? rest === wanted : rest.startsWith(wanted);
}
