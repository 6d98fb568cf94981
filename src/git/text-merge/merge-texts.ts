/**
 * Owns the merging of a text on three sides without a process, where it is plain: both sides changed it in places apart. Whatever
 * else there is to decide is left to git.
 */
import { type ChangedPart, changedParts } from "./changed-parts.js";
import { type NumberedLines, countsOf, lineNumbers } from "./line-numbers.js";

export interface ThreeTexts {
  readonly base: Buffer;
  readonly ours: Buffer;
  readonly theirs: Buffer;
}

export interface MergedText {
  /** What git makes of it. */
  readonly content: Buffer;
  /** Surely `git apply` gives the same for the difference from the base to theirs, with three lines of context; false: it may not. */
  readonly plain: boolean;
}

/** Larger ones are left to git. */
const MOST_BYTES = 8 * 1024 * 1024;

/** Undefined where git has to decide. */
export function mergeTexts({ base, ours, theirs }: ThreeTexts): MergedText | undefined {
  if ([base, ours, theirs].some((text) => text.length > MOST_BYTES || text.includes(0))) return undefined;
  const [old, left, right] = lineNumbers([base, ours, theirs]) as [NumberedLines, NumberedLines, NumberedLines];
  const [own, other] = [changedParts(old.lines, left.lines), changedParts(old.lines, right.lines)];
  if (own === undefined || other === undefined || own.length === 0 || other.length === 0) return undefined;
  const both = [...own.map((part) => ({ part, side: left })), ...other.map((part) => ({ part, side: right }))];
  both.sort((a, b) => a.part.from - b.part.from);
  if (both.some(({ part }, at) => at > 0 && part.from <= (both[at - 1]?.part.to ?? 0))) return undefined;
  let [text, at] = ["", 0];
  for (const { part, side } of both) {
    text += slice(old, at, part.from) + slice(side, part.afterFrom, part.afterTo);
    at = part.to;
  }
  text += slice(old, at, old.lines.length);
  return { content: Buffer.from(text, "latin1"), plain: isPlain({ own, other, old, left, right }) };
}

function slice({ text, starts }: NumberedLines, from: number, to: number): string {
  return text.slice(starts[from], starts[to]);
}

interface Sides {
  readonly own: readonly ChangedPart[];
  readonly other: readonly ChangedPart[];
  readonly old: NumberedLines;
  readonly left: NumberedLines;
  readonly right: NumberedLines;
}

const CONTEXT = 3;

/** Every hunk of the patch, with its context, stands on our side as the patch knows it, and nowhere else. */
function isPlain({ own, other, old, left, right }: Sides): boolean {
  if ([old, left, right].some(({ text }) => !text.endsWith("\n"))) return false;
  const [inOld, inLeft, inRight] = [countsOf(old.lines), countsOf(left.lines), countsOf(right.lines)];
  const isMoved = (part: ChangedPart) => {
    const after = new Set(right.lines.subarray(part.afterFrom, part.afterTo));
    return old.lines.subarray(part.from, part.to).some((line) => inOld.get(line) === 1 && inRight.get(line) === 1 && !after.has(line));
  };
  // Another diff could hold on to a moved line, and let others go.
  if (other.some(isMoved)) return false;
  const isOnce = (line: number) => inLeft.get(line) === 1 && inRight.get(line) === 1;
  return hunksOf(other).every((hunk) => fits(own, hunk, old.lines, isOnce));
}

/** Parts by hunks: those whose contexts meet stand in one. */
function hunksOf(parts: readonly ChangedPart[]): ChangedPart[][] {
  const hunks: ChangedPart[][] = [];
  for (const part of parts) {
    const hunk = hunks.at(-1);
    if (hunk !== undefined && part.from - (hunk.at(-1)?.to ?? 0) <= 2 * CONTEXT) hunk.push(part);
    else hunks.push([part]);
  }
  return hunks;
}

function fits(own: readonly ChangedPart[], hunk: readonly ChangedPart[], old: Int32Array, isOnce: (line: number) => boolean): boolean {
  const [from, to] = [(hunk[0]?.from ?? 0) - CONTEXT, (hunk.at(-1)?.to ?? 0) + CONTEXT];
  if (own.some((one) => one.to > from && one.from < to)) return false;
  const before = own.filter((one) => one.to <= from);
  // A hunk of the first line fits at the beginning only.
  if (from <= 0) return before.length === 0;
  // Where it stands lower or higher than the patch knows, a line that is there only once leaves it no other place.
  const moved = before.reduce((sum, one) => sum + (one.afterTo - one.afterFrom) - (one.to - one.from), 0);
  return moved === 0 || hunk.some((part) => aroundAlways(old, part).some(isOnce));
}

/** The context that the change has wherever it is drawn. */
function aroundAlways(old: Int32Array, { from, to, play }: ChangedPart): number[] {
  const room = Math.max(0, CONTEXT - play);
  return [...old.subarray(Math.max(0, from - room), from), ...old.subarray(to, to + room)];
}
