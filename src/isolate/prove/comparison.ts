/** Owns what the comparison of one pair of objects works on and gathers. */
import type { BareNames } from "./bare-names.js";
import type { Difference, DifferenceKind, NameText, Reference } from "./difference.js";
import { type Marks, newMarks } from "./ledger.js";
import { type SectionPair, type SectionPairing, pairSections } from "./pair-sections.js";
import { type SymbolPairing, pairSymbols } from "./pair-symbols.js";
import { type PlaceMap, placeMaps } from "./place-map.js";
import type { ProofObject } from "./proof-object.js";

export interface Comparison {
  readonly bare: BareNames;
  readonly before: ProofObject;
  readonly after: ProofObject;
  readonly sections: SectionPairing;
  readonly symbols: SymbolPairing;
  readonly places: ReadonlyMap<number, PlaceMap>;
  readonly differences: Difference[];
  /** By the two texts, so that one that is used often is listed once. */
  readonly texts: Map<string, NameText>;
  /** `before` symbols whose object is a text that grew. */
  readonly grown: Set<number>;
  readonly marks: Marks;
}

export function newComparison(before: ProofObject, after: ProofObject, bare: BareNames): Comparison {
  const sections = pairSections(before, after);
  const symbols = pairSymbols(before, after, sections, bare);
  const places = placeMaps(before, after, sections, symbols);
  return { bare, before, after, sections, symbols, places, differences: [], texts: new Map(), grown: new Set(), marks: newMarks() };
}

export interface Finding {
  readonly before?: number | null;
  readonly after?: number | null;
  readonly symbol?: string | null;
  readonly what: string;
}

/** Notes a difference in a pair of sections. */
export function differ(comparison: Comparison, kind: DifferenceKind, pair: SectionPair, found: Finding): void {
  comparison.differences.push({
    kind,
    section: pair.before.name,
    symbol: found.symbol ?? null,
    before: found.before ?? null,
    after: found.after ?? null,
    what: found.what,
    sections: { before: pair.before.index, after: pair.after.index },
  });
}

/** Notes a difference that lies in no pair of sections. */
export function differOutside(
  comparison: Comparison,
  kind: DifferenceKind,
  section: string,
  what: string,
  symbol: string | null = null,
): void {
  comparison.differences.push({
    kind,
    section,
    symbol,
    before: null,
    after: null,
    what,
    sections: { before: null, after: null },
  });
}

/** Notes a text that holds names, and what uses it. */
export function noteText(comparison: Comparison, text: Omit<NameText, "references">, reference?: Reference): void {
  const key = `${text.before}\0${text.after}`;
  const known = comparison.texts.get(key) ?? { ...text, references: [] };
  comparison.texts.set(key, known);
  if (reference !== undefined && known.references.length < 8) known.references.push(reference);
}
