/** Owns the comparison of mergeable strings: each text of one side is on the other, but for suffixes. Where each is used is held by the relocations. */
import { type Comparison, differOutside, noteText } from "./comparison.js";
import { mark } from "./ledger.js";
import { type PoolEntry, textPools } from "./text-pools.js";

export function compareTexts(comparison: Comparison): void {
  const left = textPools(comparison.before);
  const right = textPools(comparison.after);
  for (const key of new Set([...left.keys(), ...right.keys()])) comparePool(comparison, left.get(key) ?? [], right.get(key) ?? []);
}

function comparePool(comparison: Comparison, olds: readonly PoolEntry[], news: readonly PoolEntry[]): void {
  const oldTexts = new Set(olds.map(({ text }) => text));
  const newTexts = new Set(news.map(({ text }) => text));
  const left = olds.filter(({ text }) => !newTexts.has(text));
  const right = news.filter(({ text }) => !oldTexts.has(text));
  const originals = byBareText(comparison, olds);
  const renamed = byBareText(comparison, news);
  for (const entry of right) {
    const match = partner(comparison, entry, originals, (other) => comparison.bare.sameText(other.text, entry.text));
    mark(comparison.marks, "after", entry.section.index, match === undefined ? "different" : "nameStrings", entry.length);
    if (match === undefined) tell(comparison, entry, "a text that the original does not have");
    else noteText(comparison, { before: match.text, after: entry.text, kind: "text", symbol: null });
  }
  for (const entry of left) {
    const match = partner(comparison, entry, renamed, (other) => comparison.bare.sameText(entry.text, other.text));
    mark(comparison.marks, "before", entry.section.index, match === undefined ? "different" : "nameStrings", entry.length);
    if (match === undefined) tell(comparison, entry, "a text that is gone");
  }
}

function byBareText({ bare }: Comparison, entries: readonly PoolEntry[]): Map<string, PoolEntry[]> {
  const found = new Map<string, PoolEntry[]>();
  for (const entry of entries) {
    for (const key of new Set([bare.text(entry.text), bare.symbol(`_Z${entry.text}`)])) {
      const list = found.get(key);
      if (list === undefined) found.set(key, [entry]);
      else list.push(entry);
    }
  }
  return found;
}

function partner(
  { bare }: Comparison,
  entry: PoolEntry,
  others: ReadonlyMap<string, readonly PoolEntry[]>,
  same: (other: PoolEntry) => boolean,
): PoolEntry | undefined {
  const candidates = [...(others.get(bare.text(entry.text)) ?? []), ...(others.get(bare.symbol(`_Z${entry.text}`)) ?? [])];
  return candidates.find(same);
}

function tell(comparison: Comparison, entry: PoolEntry, what: string): void {
  const shown = entry.text.length > 120 ? `${entry.text.slice(0, 119)}…` : entry.text;
  differOutside(comparison, "text", entry.section.name, `${what}: ${JSON.stringify(shown)}`);
}
