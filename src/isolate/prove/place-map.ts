/** Owns the way from a place in a section to its place on the other side, where longer texts before it have shifted it. */
import type { SectionPair, SectionPairing } from "./pair-sections.js";
import type { SymbolPairing } from "./pair-symbols.js";

/** Both sides' bytes of one symbol, up to the next one. */
export interface Stretch {
  readonly before: number;
  readonly beforeEnd: number;
  readonly after: number;
  readonly afterEnd: number;
}

export interface PlaceMap {
  /** The whole of both sections, cut where symbols are. */
  readonly stretches: readonly Stretch[];
  /** Every place is at the same offset on both sides. */
  readonly identity: boolean;
}

/** One map per pair, by the section's index on the `before` side. */
export function placeMaps(sections: SectionPairing, symbols: SymbolPairing): Map<number, PlaceMap> {
  const anchors = new Map<number, [number, number][]>();
  for (const { before, after } of symbols.pairs) {
    if (sections.ofBefore.get(before.section)?.after.index !== after.section) continue;
    const list = anchors.get(before.section);
    if (list === undefined) anchors.set(before.section, [[before.value, after.value]]);
    else list.push([before.value, after.value]);
  }
  return new Map(sections.pairs.map((pair) => [pair.before.index, placeMap(pair, anchors.get(pair.before.index) ?? [])]));
}

function placeMap(pair: SectionPair, anchors: [number, number][]): PlaceMap {
  const sorted = anchors.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  const identity = pair.before.size === pair.after.size && sorted.every(([before, after]) => before === after);
  const cuts: [number, number][] = [[0, 0]];
  for (const [before, after] of sorted) {
    const [lastBefore, lastAfter] = cuts.at(-1) ?? [0, 0];
    if (before > lastBefore && after > lastAfter && before < pair.before.size && after < pair.after.size) cuts.push([before, after]);
  }
  const stretches = cuts.map(([before, after], index) => {
    const [beforeEnd, afterEnd] = cuts[index + 1] ?? [pair.before.size, pair.after.size];
    return { before, beforeEnd, after, afterEnd };
  });
  return { stretches, identity };
}

/** Where the place `offset` of the `before` side lies on the other; a place beyond a section's end stays as far beyond. */
export function placeAfter(map: PlaceMap, offset: number): number {
  if (map.identity) return offset;
  let low = 0;
  let high = map.stretches.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((map.stretches[middle]?.before ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const stretch = map.stretches[low];
  if (stretch === undefined) return offset;
  if (offset >= stretch.beforeEnd) return stretch.afterEnd + offset - stretch.beforeEnd;
  return stretch.after + offset - stretch.before;
}
