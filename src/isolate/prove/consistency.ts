/** Owns the check across units: one name of the original has one name after isolation, and no two become one. */
import type { ProofRun } from "../../model/isolation-prove.js";
import type { Comparison } from "./comparison.js";

export interface NamePairs {
  /** Per original name, per new name, the units (at most three are kept). */
  readonly forward: Map<string, Map<string, string[]>>;
  readonly backward: Map<string, Map<string, string[]>>;
}

export function noNamePairs(): NamePairs {
  return { forward: new Map(), backward: new Map() };
}

/** Adds a unit's external names: what it defines for others, and what it takes from them. */
export function addNamePairs(pairs: NamePairs, unit: string, { symbols }: Pick<Comparison, "symbols">): void {
  for (const { before, after } of symbols.pairs) {
    if (before.binding === 0) continue;
    put(pairs.forward, before.name, after.name, unit);
    put(pairs.backward, after.name, before.name, unit);
  }
}

function put(map: Map<string, Map<string, string[]>>, from: string, to: string, unit: string): void {
  const known = map.get(from);
  const units = known?.get(to);
  if (units !== undefined) {
    if (units.length < 3) units.push(unit);
  } else if (known === undefined) map.set(from, new Map([[to, [unit]]]));
  else known.set(to, [unit]);
}

export function inconsistencies({ forward, backward }: NamePairs): ProofRun["inconsistent"] {
  const torn = [...forward]
    .filter(([, to]) => to.size > 1)
    .map(([from, to]) => ({ before: [from], after: [...to.keys()], units: unitsOf(to) }));
  const merged = [...backward]
    .filter(([, from]) => from.size > 1)
    .map(([to, from]) => ({ before: [...from.keys()].toSorted(), after: [to], units: unitsOf(from) }));
  return [...torn, ...merged].toSorted((a, b) => ((a.before[0] ?? "") < (b.before[0] ?? "") ? -1 : 1));
}

function unitsOf(map: ReadonlyMap<string, readonly string[]>): string[] {
  return [...map.values()].flatMap((units) => units.slice(0, 1));
}

export function nameCounts({ forward }: NamePairs): ProofRun["names"] {
  const renamed = [...forward].filter(([from, to]) => !to.has(from)).length;
  return { paired: forward.size, renamed };
}
