/** Owns the lines of a text: where each starts, and on which one a byte offset stands. */

/** Byte offsets of the first byte of each line, ascending; the first is 0. */
export function lineStarts(bytes: Uint8Array): number[] {
  const starts = [0];
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) starts.push(at + 1);
  return starts;
}

/** Index in `starts` (from 0 on) of the line that holds the offset. */
export function lineIndex(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle;
  }
  return low;
}

/** Gives the line (from 1 on) of an offset in one text; the lines are counted when it is asked first. */
export function lineFinder(bytes: Uint8Array): (offset: number) => number {
  let starts: readonly number[] | undefined;
  return (offset) => lineIndex((starts ??= lineStarts(bytes)), offset) + 1;
}
