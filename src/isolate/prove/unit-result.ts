/** Owns the step from a comparison to a unit's result. */
import type { ProofDifference, ProofText, UnitProof, UnitStatus } from "../../model/isolation-prove.js";
import type { Comparison } from "./comparison.js";
import type { Difference } from "./difference.js";
import { account, addCounts, noCounts } from "./ledger.js";

/** A unit that was not compared at all. */
export function uncompared(unit: string, status: UnitStatus, problem: string | null = null): UnitProof {
  const bytes = { before: noCounts(), after: noCounts() };
  return { unit, status, bytes, texts: [], explained: [], explanation: null, differences: [], problem };
}

/** A unit by what the comparison alone says. */
export function compared(unit: string, comparison: Comparison): UnitProof {
  const bytes = {
    before: account(comparison.before, comparison.after, comparison.marks.before),
    after: account(comparison.after, comparison.before, comparison.marks.after),
  };
  const texts = [...comparison.texts.values()].map(({ before, after, kind, symbol }): ProofText => ({
    before,
    after,
    kind,
    symbol,
    lines: [],
  }));
  const differences = comparison.differences.toSorted((a, b) => rankOf(a) - rankOf(b)).map(plain);
  const same = comparison.before.file.view.bytes.equals(comparison.after.file.view.bytes);
  const status = differences.length > 0 ? "different" : texts.length > 0 ? "name-strings" : same ? "identical" : "names";
  return { unit, status, bytes, texts: sortedTexts(texts), explained: [], explanation: null, differences, problem: null };
}

/** What tells most comes first: code and data, then what is gone or new, then tables that only follow from these. */
const RANK: readonly Difference["kind"][] = ["relocation", "bytes", "text", "symbol", "section", "attributes", "order", "group", "object"];

function rankOf({ kind, section, symbol }: Difference): number {
  const follows = section === ".eh_frame" || section.startsWith(".gcc_except_table") ? 20 : 0;
  return follows + (symbol === null ? 1 : 0) + RANK.indexOf(kind) * 2;
}

function plain({ kind, section, symbol, before, after, what }: Difference): ProofDifference {
  return { kind, section, symbol, before, after, what, lines: [], assembly: null };
}

function sortedTexts(texts: readonly ProofText[]): ProofText[] {
  return texts.toSorted((a, b) => (a.after < b.after ? -1 : a.after > b.after ? 1 : 0));
}

/** The same bytes with what differed called a consequence of names. */
export function excused(bytes: UnitProof["bytes"]): UnitProof["bytes"] {
  const sides = { before: noCounts(), after: noCounts() };
  for (const side of ["before", "after"] as const) {
    addCounts(sides[side], bytes[side]);
    sides[side].nameConstants += sides[side].different;
    sides[side].different = 0;
  }
  return sides;
}
