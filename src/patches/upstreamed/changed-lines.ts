/** Owns the comparison of changes by their lines, wherever these stand. */
import type { CommitDiff } from "./commit-diffs.js";

/** Lines that say something: without white space, at least three characters of names or numbers among them. */
export function tellingLines(lines: readonly string[]): string[] {
  return lines.map((line) => line.replaceAll(/\s+/g, "")).filter((line) => line.replaceAll(/\W/g, "").length >= 3);
}

/** Signed lines of a change, with how often each comes. Lines that are both taken and put (moved) stay on both sides. */
export function signedLines({ files }: Pick<CommitDiff, "files">): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { added, removed } of files) {
    for (const line of tellingLines(added)) counts.set(`+${line}`, (counts.get(`+${line}`) ?? 0) + 1);
    for (const line of tellingLines(removed)) counts.set(`-${line}`, (counts.get(`-${line}`) ?? 0) + 1);
  }
  return counts;
}

/** How much of one change's lines are in another, and the other way round: each from 0 to 1. */
export interface Likeness {
  readonly ofOne: number;
  readonly ofOther: number;
}

export function likeness(one: Pick<CommitDiff, "files">, other: Pick<CommitDiff, "files">): Likeness {
  const [a, b] = [signedLines(one), signedLines(other)];
  let shared = 0;
  for (const [line, count] of a) shared += Math.min(count, b.get(line) ?? 0);
  return { ofOne: shared / Math.max(1, total(a)), ofOther: shared / Math.max(1, total(b)) };
}

function total(counts: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}
