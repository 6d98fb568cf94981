/**
 * Owns the histogram diff, by which git merges texts (`--diff-algorithm=histogram` in git-diff(1)): of all runs of lines that two
 * texts share, the one with the rarest line parts them, the longest of several; what lies before and behind is parted in the same way.
 * Decisions between equals are git's, since a merge has to give the same bytes.
 */

/** Which lines of each text have no like in the other; one byte per line. */
export interface Differing {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** A line that is there more often parts nothing; where there are only such, git goes another way. */
const MOST_OFTEN = 64;

interface Box {
  readonly from: number;
  readonly to: number;
  readonly afterFrom: number;
  readonly afterTo: number;
}

interface Run {
  readonly at: number;
  readonly afterAt: number;
  readonly length: number;
  /** How often the rarest of its lines is there, within the part that was searched. */
  readonly rarest: number;
}

/** Undefined where lines that are there too often would decide. */
export function differing(before: Int32Array, after: Int32Array): Differing | undefined {
  const marks = { before: new Uint8Array(before.length), after: new Uint8Array(after.length) };
  const boxes: Box[] = [{ from: 0, to: before.length, afterFrom: 0, afterTo: after.length }];
  for (let box = boxes.pop(); box !== undefined; box = boxes.pop()) {
    const { from, to, afterFrom, afterTo } = box;
    const run = from === to || afterFrom === afterTo ? null : findRun(before, after, box);
    if (run === undefined) return undefined;
    if (run === null) {
      marks.before.fill(1, from, to);
      marks.after.fill(1, afterFrom, afterTo);
      continue;
    }
    boxes.push({ from, to: run.at, afterFrom, afterTo: run.afterAt });
    boxes.push({ from: run.at + run.length, to, afterFrom: run.afterAt + run.length, afterTo });
  }
  return marks;
}

/** The run that parts a box; null: nothing is shared; undefined: only lines that are there too often are. */
function findRun(before: Int32Array, after: Int32Array, box: Box): Run | null | undefined {
  const places = placesOf(before, box);
  let best: Run | null = null;
  let rarest = MOST_OFTEN + 1;
  let shares = false;
  for (let at = box.afterFrom; at < box.afterTo;) {
    const found = places.get(after[at] ?? -1);
    let next = at + 1;
    if (found !== undefined) shares = true;
    // `behind`: the end of the run before; places inside it are in the same run.
    let behind = -1;
    for (const place of found !== undefined && found.length <= rarest ? found : []) {
      if (place < behind) continue;
      const run = extended({ before, after, box, places }, place, at);
      behind = run.at + run.length;
      next = Math.max(next, run.afterAt + run.length);
      if (best !== null ? run.length > best.length || run.rarest < rarest : run.length > 1 || run.rarest < rarest) {
        best = run;
        rarest = run.rarest;
      }
    }
    at = next;
  }
  return shares && rarest > MOST_OFTEN ? undefined : best;
}

/** Of each line where it is, in order. */
function placesOf(before: Int32Array, { from, to }: Box): Map<number, number[]> {
  const places = new Map<number, number[]>();
  for (let at = from; at < to; at++) {
    const line = before[at] ?? -1;
    const known = places.get(line);
    if (known === undefined) places.set(line, [at]);
    else known.push(at);
  }
  return places;
}

interface Search {
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly box: Box;
  readonly places: ReadonlyMap<number, readonly number[]>;
}

/** The run around a shared line. */
function extended({ before, after, box, places }: Search, place: number, afterPlace: number): Run {
  const often = (at: number) => places.get(before[at] ?? -1)?.length ?? 0;
  let rarest = often(place);
  let at = place;
  let afterAt = afterPlace;
  while (at > box.from && afterAt > box.afterFrom && before[at - 1] === after[afterAt - 1]) {
    at--;
    afterAt--;
    if (rarest > 1) rarest = Math.min(rarest, often(at));
  }
  let end = place + 1;
  let afterEnd = afterPlace + 1;
  while (end < box.to && afterEnd < box.afterTo && before[end] === after[afterEnd]) {
    if (rarest > 1) rarest = Math.min(rarest, often(end));
    end++;
    afterEnd++;
  }
  return { at, afterAt, length: end - at, rarest };
}
