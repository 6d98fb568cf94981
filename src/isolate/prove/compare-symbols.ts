/** Owns the comparison of symbol tables: the same symbols with the same binding, visibility, type, size and place. */
import { type Comparison, differ, differOutside } from "./comparison.js";
import { mark } from "./ledger.js";
import { placeAfter } from "./place-map.js";
import type { ProofSymbol } from "./proof-object.js";
import { sectionKind } from "./section-kinds.js";
import { textAt } from "./text-pools.js";

const SYMBOL_ENTRY = 24;

export function compareSymbols(comparison: Comparison): void {
  for (const { before, after } of comparison.symbols.pairs) comparePair(comparison, before, after);
  for (const symbol of comparison.symbols.onlyBefore) single(comparison, "before", symbol, "is gone");
  for (const symbol of comparison.symbols.onlyAfter) single(comparison, "after", symbol, "is new");
}

function single(comparison: Comparison, side: "before" | "after", symbol: ProofSymbol, what: string): void {
  markEntry(comparison, side);
  const section = comparison[side].sections[symbol.section]?.name ?? "";
  const word = symbol.section === 0 ? "the reference to" : symbol.type === 2 ? "the function" : "the symbol";
  differOutside(comparison, "symbol", section, `${word} ${symbol.name} ${what}`, symbol.name);
}

function comparePair(comparison: Comparison, before: ProofSymbol, after: ProofSymbol): void {
  const changes = [
    change("binding", BINDINGS[before.binding] ?? String(before.binding), BINDINGS[after.binding] ?? String(after.binding)),
    change("visibility", VISIBILITIES[before.other & 3] ?? "", VISIBILITIES[after.other & 3] ?? ""),
    change("st_other", before.other >> 2, after.other >> 2),
    change("type", TYPES[before.type] ?? String(before.type), TYPES[after.type] ?? String(after.type)),
    sizeChange(comparison, before, after),
    placeChange(comparison, before, after),
  ].filter((one) => one !== undefined);
  if (changes.length === 0) return;
  markEntry(comparison, "before");
  markEntry(comparison, "after");
  const pair = comparison.sections.ofBefore.get(before.section);
  const what = `the symbol ${after.name}: ${changes.join("; ")}`;
  if (pair === undefined) differOutside(comparison, "symbol", "", what, before.name);
  else differ(comparison, "symbol", pair, { symbol: before.name, before: before.value, after: after.value, what });
}

const BINDINGS: Readonly<Record<number, string>> = { 0: "local", 1: "global", 2: "weak", 10: "unique" };
const VISIBILITIES: readonly string[] = ["default", "internal", "hidden", "protected"];
const TYPES: Readonly<Record<number, string>> = {
  0: "none",
  1: "object",
  2: "function",
  4: "file",
  6: "thread-local",
  10: "indirect function",
};

function change(what: string, before: string | number, after: string | number): string | undefined {
  return before === after ? undefined : `${what} ${before} became ${after}`;
}

function sizeChange({ grown, before: { sections } }: Comparison, before: ProofSymbol, after: ProofSymbol): string | undefined {
  const section = sections[before.section];
  if (grown.has(before.index) || (section !== undefined && sectionKind(section) === "texts")) return undefined;
  return change("size", before.size, after.size);
}

function placeChange(comparison: Comparison, before: ProofSymbol, after: ProofSymbol): string | undefined {
  if (before.section <= 0 || after.section <= 0)
    return change("section", String(before.section), String(after.section)) ?? change("value", before.value, after.value);
  const from = comparison.before.sections[before.section];
  const to = comparison.after.sections[after.section];
  if (from === undefined || to === undefined) return "a section that is not there";
  if (sectionKind(from) === "texts" && sectionKind(to) === "texts") {
    const [left, right] = [textAt(from, before.value), textAt(to, after.value)];
    const same = left !== undefined && right !== undefined && comparison.bare.sameText(left, right);
    return same ? undefined : `its text ${JSON.stringify(left)} became ${JSON.stringify(right)}`;
  }
  if (sectionKind(from) === "group" && sectionKind(to) === "group") return change("place", before.value, after.value);
  if (comparison.sections.ofBefore.get(from.index)?.after.index !== to.index) return `section ${from.name} became ${to.name}`;
  const map = comparison.places.get(from.index);
  return map === undefined ? undefined : change("place", placeAfter(map, before.value), after.value);
}

function markEntry(comparison: Comparison, side: "before" | "after"): void {
  const table = comparison[side].sections.find((section) => section.type === 2);
  if (table !== undefined) mark(comparison.marks, side, table.index, "different", SYMBOL_ENTRY);
}
