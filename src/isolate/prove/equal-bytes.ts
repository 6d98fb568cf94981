/** Owns the comparison of two ranges of bytes. */

export function equalBytes(before: Buffer | null, after: Buffer | null): boolean {
  if (before === null || after === null) return before === after;
  return before.length === after.length && before.equals(after);
}

/** Runs of bytes that differ, as offsets; two that are less than eight bytes apart are one. Both ranges are equally long. */
export function differingRuns(before: Buffer, after: Buffer): { from: number; to: number; count: number }[] {
  const runs: { from: number; to: number; count: number }[] = [];
  for (let at = 0; at < before.length; at++) {
    if (before[at] === after[at]) continue;
    const last = runs.at(-1);
    if (last !== undefined && at - last.to < 8) {
      last.to = at + 1;
      last.count += 1;
    } else runs.push({ from: at, to: at + 1, count: 1 });
  }
  return runs;
}
