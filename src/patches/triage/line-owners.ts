/** Owns the lines of a file through a stack: which patch brought each, and where one took lines away. */
import type { LineEdit } from "./edits.js";

/** Lines by who brought them; null for what counts for nobody. */
export interface OwnedLines<Owner> {
  /** Who brought the lines that an edit takes away or stands next to, and who took lines away right there. */
  readonly around: (edits: readonly LineEdit[], reach: number) => Set<Owner>;
  readonly apply: (edits: readonly LineEdit[], by: Owner | null) => void;
}

interface Line<Owner> {
  readonly by: Owner | null;
  /** Who took lines away right before it. */
  readonly cutBy: Owner | null;
}

/** Lines beyond those that any edit has touched are nobody's, so that the file's length need not be known. */
export function ownedLines<Owner>(): OwnedLines<Owner> {
  let lines: Line<Owner>[] = [];
  const nobody: Line<Owner> = { by: null, cutBy: null };
  function reachTo(length: number): void {
    while (lines.length < length) lines.push(nobody);
  }
  function around(edits: readonly LineEdit[], reach: number): Set<Owner> {
    const found = new Set<Owner>();
    for (const { first, end } of edits.map(extentOf)) {
      for (let at = Math.max(0, first - reach); at < end + reach; at++) {
        const line = lines[at] ?? nobody;
        if (line.by !== null) found.add(line.by);
        if (line.cutBy !== null && at > first - reach) found.add(line.cutBy);
      }
    }
    return found;
  }
  function apply(edits: readonly LineEdit[], by: Owner | null): void {
    const next: Line<Owner>[] = [];
    let done = 0;
    for (const edit of edits) {
      const { first, end } = extentOf(edit);
      reachTo(end + 1);
      next.push(...lines.slice(done, first));
      for (let at = 0; at < edit.added; at++) next.push({ by, cutBy: null });
      done = end;
      const behind = lines[end] ?? nobody;
      if (edit.added === 0) lines[end] = { by: behind.by, cutBy: by ?? behind.cutBy };
    }
    lines = [...next, ...lines.slice(done)];
  }
  return { around, apply };
}

/** From 0 on: the lines that go, `first` to before `end`; for an insertion both are the place. */
function extentOf({ start, count }: LineEdit): { first: number; end: number } {
  const first = count === 0 ? start : start - 1;
  return { first, end: first + count };
}
