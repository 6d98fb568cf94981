/** Owns the question whether two relocations point to the same thing but for names. */
import { type Comparison, noteText } from "./comparison.js";
import { isConstantPool, pointedValue } from "./constant-pools.js";
import { isPlace } from "./pair-symbols.js";
import { placeAfter } from "./place-map.js";
import type { ProofObject, ProofRelocation, ProofSection, ProofSymbol } from "./proof-object.js";
import { biasOf } from "./relocation-bias.js";
import { SHF, sectionKind } from "./section-kinds.js";
import { poolKey, textAt } from "./text-pools.js";

/** Undefined when both point to the same; else what each points to. */
export function targetMismatch(
  comparison: Comparison,
  before: ProofRelocation,
  after: ProofRelocation,
  holder: number,
): string | undefined {
  const left = comparison.before.symbols[before.symbol];
  const right = comparison.after.symbols[after.symbol];
  if (left === undefined || right === undefined) return "a symbol that is not there";
  if (left.index === 0 || right.index === 0)
    return left.index === right.index && before.addend === after.addend ? undefined : told(comparison, before, after);
  if (sameNamed(comparison, left, right, before, after)) return undefined;
  if (isPlace(left) === isPlace(right) && isPlace(left) && samePlace(comparison, left, right, before, after, holder)) return undefined;
  return told(comparison, before, after);
}

function sameNamed(
  { symbols, grown }: Comparison,
  left: ProofSymbol,
  right: ProofSymbol,
  before: ProofRelocation,
  after: ProofRelocation,
): boolean {
  if (isPlace(left) || isPlace(right) || symbols.ofBefore.get(left.index) !== right.index) return false;
  if (before.addend === after.addend) return true;
  return grown.has(left.index) && after.addend - before.addend === right.size - left.size;
}

/** Two places without a name: the same text, or the same place of a pair of sections. */
function samePlace(
  comparison: Comparison,
  left: ProofSymbol,
  right: ProofSymbol,
  before: ProofRelocation,
  after: ProofRelocation,
  holder: number,
): boolean {
  const from = comparison.before.sections[left.section];
  const to = comparison.after.sections[right.section];
  if (from === undefined || to === undefined) return false;
  if (sectionKind(from) === "texts" || sectionKind(to) === "texts")
    return sameText(comparison, { from, to, left, right, before, after, holder });
  if (comparison.sections.ofBefore.get(from.index)?.after.index !== to.index) return false;
  if (isConstantPool(from) && isConstantPool(to)) {
    const value = pointedValue(from, left, before, biasOf(comparison.before, before));
    return value !== undefined && value === pointedValue(to, right, after, biasOf(comparison.after, after));
  }
  const map = comparison.places.get(from.index);
  if (map === undefined) return false;
  const bias = map.identity ? 0 : biasOf(comparison.before, before);
  return placeAfter(map, left.value + before.addend + bias) === right.value + after.addend + bias;
}

interface TextPair {
  readonly from: ProofSection;
  readonly to: ProofSection;
  readonly left: ProofSymbol;
  readonly right: ProofSymbol;
  readonly before: ProofRelocation;
  readonly after: ProofRelocation;
  readonly holder: number;
}

/** Texts by their content from the place pointed to: a place may shift when a text before it, or it itself, holds names. */
function sameText(comparison: Comparison, pair: TextPair): boolean {
  const { from, to } = pair;
  if (sectionKind(from) !== "texts" || sectionKind(to) !== "texts") return false;
  if (poolKey(comparison.before, from) !== poolKey(comparison.after, to)) return false;
  const texts = pointedTexts(comparison, pair);
  if (texts === undefined) return false;
  const { left, right } = texts;
  if (left === right) return true;
  if (!comparison.bare.sameText(left, right)) return false;
  const symbol = pair.right.name.startsWith(".L") ? pair.right.name : null;
  noteText(comparison, { before: left, after: right, kind: "text", symbol }, { section: pair.holder, offset: pair.after.offset });
  return true;
}

/**
 * Both texts pointed to. Where both are labels with one addend, it is the labels' texts that count: -4 or -5 is the
 * instruction's, and in a table of distances the addend is the entry's own place. Else it is the place that addends tell.
 */
function pointedTexts({ before, after }: Comparison, pair: TextPair): { left: string; right: string } | undefined {
  const holdsCode = ((after.sections[pair.holder]?.flags ?? 0) & SHF.code) !== 0;
  const place = pair.before.addend + biasOf(before, pair.before);
  const byLabel = pair.left.name !== "" && pair.right.name !== "" && pair.before.addend === pair.after.addend && (place <= 0 || !holdsCode);
  const left = byLabel ? textAt(pair.from, pair.left.value) : textPlace(before, pair.from, pair.left, pair.before);
  const right = byLabel ? textAt(pair.to, pair.right.value) : textPlace(after, pair.to, pair.right, pair.after);
  return left === undefined || right === undefined ? undefined : { left, right };
}

function textPlace(object: ProofObject, section: ProofSection, symbol: ProofSymbol, relocation: ProofRelocation): string | undefined {
  return textAt(section, symbol.value + relocation.addend + biasOf(object, relocation));
}

function told({ before, after }: Comparison, left: ProofRelocation, right: ProofRelocation): string {
  return `${targetWords(before, left)} became ${targetWords(after, right)}`;
}

/** What a relocation points to, for people: a symbol, a text in quotes, or a place. */
export function targetWords(object: ProofObject, relocation: ProofRelocation): string {
  const symbol = object.symbols[relocation.symbol];
  if (symbol === undefined || symbol.index === 0) return "nothing";
  if (!isPlace(symbol)) return symbol.name + signed(relocation.addend + biasOf(object, relocation));
  const section = object.sections[symbol.section];
  if (section === undefined) return `section ${symbol.section}`;
  const place = symbol.value + relocation.addend + biasOf(object, relocation);
  const text = sectionKind(section) === "texts" ? textAt(section, symbol.name === "" ? place : symbol.value) : undefined;
  if (text !== undefined) return JSON.stringify(text.length > 120 ? `${text.slice(0, 119)}…` : text);
  const value = isConstantPool(section) ? pointedValue(section, symbol, relocation, biasOf(object, relocation)) : undefined;
  if (value !== undefined) return `the constant ${value}`;
  const named = object.symbols.find((one) => one.section === section.index && one.value === place && !isPlace(one));
  return named?.name ?? `${section.name}${signed(place)}`;
}

function signed(value: number): string {
  return value === 0 ? "" : value > 0 ? `+${value}` : String(value);
}
