/** Owns which symbol of one side belongs to which of the other: by bare name, one to one within a unit. */
import type { BareNames } from "./bare-names.js";
import type { SectionPairing } from "./pair-sections.js";
import type { ProofObject, ProofSymbol } from "./proof-object.js";
import { sectionKind } from "./section-kinds.js";
import { poolKey } from "./text-pools.js";

const STT_SECTION = 3;

export interface SymbolPairing {
  readonly pairs: readonly { readonly before: ProofSymbol; readonly after: ProofSymbol }[];
  /** The partner's index by the index of the `before` side. */
  readonly ofBefore: ReadonlyMap<number, number>;
  readonly onlyBefore: readonly ProofSymbol[];
  readonly onlyAfter: readonly ProofSymbol[];
}

/** Labels of the assembler and section symbols have no name that counts: they are places. */
export function isPlace(symbol: ProofSymbol): boolean {
  return symbol.type === STT_SECTION || symbol.name === "" || symbol.name.startsWith(".L");
}

export function pairSymbols(before: ProofObject, after: ProofObject, sections: SectionPairing, bare: BareNames): SymbolPairing {
  const left = buckets(before, (section) => String(section));
  const right = buckets(after, (section) => String(sections.ofAfter.get(section)?.before.index ?? `after ${section}`));
  const pairs: { before: ProofSymbol; after: ProofSymbol }[] = [];
  const onlyBefore: ProofSymbol[] = [];
  const onlyAfter: ProofSymbol[] = [];
  for (const [key, list] of left) {
    const others = bySuffixes(right.get(key) ?? [], bare);
    for (const [index, symbol] of bySuffixes(list, bare).entries()) {
      const other = others[index];
      if (other === undefined) onlyBefore.push(symbol);
      else pairs.push({ before: symbol, after: other });
    }
    onlyAfter.push(...others.slice(list.length));
  }
  for (const [key, list] of right) if (!left.has(key)) onlyAfter.push(...list);
  return { pairs, ofBefore: new Map(pairs.map((pair) => [pair.before.index, pair.after.index])), onlyBefore, onlyAfter };
}

/** Names that differ by suffixes alone have one key: the one with fewest is the partner of the one with fewest. */
function bySuffixes(list: readonly ProofSymbol[], bare: BareNames): readonly ProofSymbol[] {
  return list.length === 1 ? list : list.toSorted((a, b) => bare.count(a.name) - bare.count(b.name) || a.index - b.index);
}

/** A global by its name; a local one by its name and its section. */
function buckets(object: ProofObject, place: (section: number) => string): Map<string, ProofSymbol[]> {
  const found = new Map<string, ProofSymbol[]>();
  for (const symbol of object.symbols) {
    if (symbol.index === 0 || isPlace(symbol)) continue;
    const key = symbol.binding === 0 ? `${symbol.bare}\0${placeKey(object, symbol.section, place)}` : symbol.bare;
    const list = found.get(key);
    if (list === undefined) found.set(key, [symbol]);
    else list.push(symbol);
  }
  return found;
}

/** Texts by their pool and groups by their signature, since neither is paired as a section. */
function placeKey(object: ProofObject, index: number, place: (section: number) => string): string {
  const section = object.sections[index];
  if (index <= 0 || section === undefined) return String(index);
  const kind = sectionKind(section);
  if (kind === "texts") return poolKey(object, section);
  if (kind === "group") return object.groups.find((group) => group.section === index)?.bare ?? "";
  return place(index);
}
