/** Owns the parts in which two texts differ, each as wide as a diff could choose to draw it. */
import { differing } from "./common-runs.js";

/** Lines `from` to `to` of the one text stand as `afterFrom` to `afterTo` in the other. */
export interface ChangedPart {
  readonly from: number;
  readonly to: number;
  readonly afterFrom: number;
  readonly afterTo: number;
  /** By how many lines the change inside can be drawn further down. */
  readonly play: number;
}

/**
 * The parts in order, with unchanged lines between them. A change that repeats the lines around it can be drawn further up or down, which
 * git does by rules of its own: the part holds every such place. Undefined where these of two changes meet, or the diff is not sure.
 */
export function changedParts(before: Int32Array, after: Int32Array): ChangedPart[] | undefined {
  const marks = differing(before, after);
  if (marks === undefined) return undefined;
  const parts: ChangedPart[] = [];
  for (const hunk of hunksOf(marks.before, marks.after)) {
    const up = Math.max(upOf(before, hunk.from, hunk.to), upOf(after, hunk.afterFrom, hunk.afterTo));
    const down = Math.max(downOf(before, hunk.from, hunk.to), downOf(after, hunk.afterFrom, hunk.afterTo));
    const part = {
      from: hunk.from - up,
      to: hunk.to + down,
      afterFrom: hunk.afterFrom - up,
      afterTo: hunk.afterTo + down,
      play: up + down,
    };
    const last = parts.at(-1);
    if (part.from < 0 || part.afterFrom < 0 || part.to > before.length || part.afterTo > after.length) return undefined;
    if (last !== undefined && (part.from <= last.to || part.afterFrom <= last.afterTo)) return undefined;
    parts.push(part);
  }
  return parts;
}

type Hunk = Omit<ChangedPart, "play">;

function* hunksOf(before: Uint8Array, after: Uint8Array): Generator<Hunk> {
  let [at, afterAt] = [0, 0];
  while (at < before.length || afterAt < after.length) {
    const [from, afterFrom] = [at, afterAt];
    while (before[at] === 1) at++;
    while (after[afterAt] === 1) afterAt++;
    if (at > from || afterAt > afterFrom) yield { from, to: at, afterFrom, afterTo: afterAt };
    at++;
    afterAt++;
  }
}

/** How far a block of lines can be moved up without a change of the text: as long as the line before it is its last one. */
function upOf(lines: Int32Array, from: number, to: number): number {
  let by = 0;
  if (to > from) while (by < from && lines[from - 1 - by] === lines[to - 1 - by]) by++;
  return by;
}

function downOf(lines: Int32Array, from: number, to: number): number {
  let by = 0;
  if (to > from) while (to + by < lines.length && lines[from + by] === lines[to + by]) by++;
  return by;
}
