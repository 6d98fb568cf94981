/** Owns line numbers of byte offsets, counted once per file. */

/** Gives the line (from 1 on) of an offset in one text. */
export function lineFinder(bytes: Buffer): (offset: number) => number {
  let ends: Int32Array | undefined;
  return (offset) => {
    ends ??= lineEnds(bytes);
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ends[middle] as number) < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}

function lineEnds(bytes: Buffer): Int32Array {
  let found = new Int32Array(1 << 10);
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) {
    if (count === found.length) {
      const next = new Int32Array(found.length * 2);
      next.set(found);
      found = next;
    }
    found[count++] = at;
  }
  return found.subarray(0, count);
}
