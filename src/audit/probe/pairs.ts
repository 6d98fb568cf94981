/** Owns what the probe asks about: types and variables that two flavors have under names that differ by the flavor alone. */
import type { FlavorIndex } from "../definitions.js";
import type { Evidence } from "../evidence.js";

/** A type or a variable of two flavors. */
export interface ProbePair {
  readonly name: string;
  readonly one: string;
  readonly other: string;
}

export interface TypePair extends ProbePair {
  /** The virtual table of the first flavor's type, or undefined for a type without virtual functions. */
  readonly table: string | undefined;
  readonly otherTable: string | undefined;
}

export interface ProbePairs {
  readonly types: readonly TypePair[];
  /** Inline variables, static members of templates, static variables of inline functions. */
  readonly variables: readonly ProbePair[];
}

const OBJECT = 1;

/** Pairs of the first flavor and each other one. Names under the shared list are meant to be one. */
export function probePairs(evidence: Evidence): ProbePairs {
  const [first, ...others] = evidence.flavors;
  if (first === undefined) return { types: [], variables: [] };
  return {
    types: others.flatMap((other) => pairsOf(evidence, first, other, isTypeinfo).map((pair) => withTables(pair, first, other))),
    variables: others.flatMap((other) => pairsOf(evidence, first, other, isMergedVariable)),
  };
}

type Wanted = (symbol: string, index: FlavorIndex) => boolean;

function pairsOf({ bare, list, nameOf }: Evidence, first: FlavorIndex, other: FlavorIndex, isWanted: Wanted): ProbePair[] {
  const theirs = new Map(
    [...other.definitions.keys()].filter((symbol) => isWanted(symbol, other)).map((symbol) => [bare(symbol, other.name), symbol]),
  );
  return [...first.definitions.keys()].flatMap((symbol) => {
    const match = isWanted(symbol, first) ? theirs.get(bare(symbol, first.name)) : undefined;
    if (match === undefined || list.coverOf(symbol, nameOf(symbol)) !== "open") return [];
    return [{ name: nameOf(symbol).full.replace(/^typeinfo for /, ""), one: symbol, other: match }];
  });
}

function isTypeinfo(symbol: string): boolean {
  return symbol.startsWith("_ZTI") && !symbol.startsWith("_ZTIP");
}

/** Variables that linkers merge, but for tables and texts of the compiler. */
function isMergedVariable(symbol: string, { definitions }: FlavorIndex): boolean {
  if (/^_ZT|^_ZGV/.test(symbol)) return false;
  return definitions.get(symbol)?.some(({ type, class: of }) => type === OBJECT && (of === "unique" || of === "weak")) === true;
}

function withTables(pair: ProbePair, first: FlavorIndex, other: FlavorIndex): TypePair {
  const [table, otherTable] = [tableOf(pair.one, first), tableOf(pair.other, other)];
  return { ...pair, table, otherTable };
}

function tableOf(typeinfo: string, { definitions }: FlavorIndex): string | undefined {
  const table = typeinfo.replace(/^_ZTI/, "_ZTV");
  return definitions.has(table) ? table : undefined;
}
