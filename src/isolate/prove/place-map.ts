/** Owns the way from a place in a section to its place on the other side, where longer texts before it have shifted it. */
import type { SectionPair, SectionPairing } from "./pair-sections.js";
import { type SymbolPairing, isPlace } from "./pair-symbols.js";
import type { ProofObject } from "./proof-object.js";
import { biasOf } from "./relocation-bias.js";
import { SHF } from "./section-kinds.js";

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

type Anchors = Map<number, [number, number][]>;

/** One map per pair, by the section's index on the `before` side. */
export function placeMaps(
  before: ProofObject,
  after: ProofObject,
  sections: SectionPairing,
  symbols: SymbolPairing,
): Map<number, PlaceMap> {
  const anchors = symbolAnchors(sections, symbols);
  for (const pair of sections.pairs) addReferences(before, after, sections, pair, anchors);
  return new Map(sections.pairs.map((pair) => [pair.before.index, placeMap(pair, anchors.get(pair.before.index) ?? [])]));
}

function symbolAnchors(sections: SectionPairing, symbols: SymbolPairing): Anchors {
  const anchors: Anchors = new Map();
  for (const { before, after } of symbols.pairs) {
    if (sections.ofBefore.get(before.section)?.after.index !== after.section) continue;
    addAnchor(anchors, before.section, before.value, after.value);
  }
  return anchors;
}

function addAnchor(anchors: Anchors, section: number, before: number, after: number): void {
  const list = anchors.get(section);
  if (list === undefined) anchors.set(section, [[before, after]]);
  else list.push([before, after]);
}

/**
 * Where code points into data that has no name (tables behind a text that grew): a guess at what belongs together, which
 * the comparison of the bytes there must bear out.
 */
function addReferences(before: ProofObject, after: ProofObject, sections: SectionPairing, holder: SectionPair, anchors: Anchors): void {
  const olds = holder.before.relocations;
  const news = holder.after.relocations;
  if ((holder.before.flags & SHF.code) === 0 || olds.length !== news.length) return;
  for (const [index, old] of olds.entries()) {
    const fresh = news[index];
    const [left, right] = [before.symbols[old.symbol], after.symbols[fresh?.symbol ?? 0]];
    if (fresh === undefined || left === undefined || right === undefined || !isPlace(left) || !isPlace(right)) continue;
    const pair = sections.ofBefore.get(left.section);
    if (pair === undefined || pair.after.index !== right.section) continue;
    if (pair.before.size === pair.after.size || (pair.before.flags & SHF.code) !== 0) continue;
    const [from, to] = [left.value + old.addend + biasOf(before, old), right.value + fresh.addend + biasOf(after, fresh)];
    addAnchor(anchors, pair.before.index, from, to);
  }
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
