/** Owns the check across units: one name of the original has one name after isolation, and no two become one. */
import type { ProofRun } from "../../model/isolation-prove.js";
import type { Comparison } from "./comparison.js";
import { byText } from "../../support/order.js";

/** Per name, per name on the other side, the first unit in byte order that has the pair: the same in whatever order units come. */
type Pairs = Map<string, Map<string, string>>;

export interface NamePairs {
  readonly forward: Pairs;
  readonly backward: Pairs;
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

function put(pairs: Pairs, from: string, to: string, unit: string): void {
  const known = pairs.get(from);
  const first = known?.get(to);
  if (known === undefined) pairs.set(from, new Map([[to, unit]]));
  else if (first === undefined || unit < first) known.set(to, unit);
}

/** What tore or merged, sorted by the original's names; `units` has one unit per variant, in the order of the variants. */
export function inconsistencies({ forward, backward }: NamePairs): ProofRun["inconsistent"] {
  const torn = [...forward].flatMap(([from, to]) => (to.size > 1 ? [{ before: [from], ...variants(to, "after") }] : []));
  const merged = [...backward].flatMap(([to, from]) => (from.size > 1 ? [{ ...variants(from, "before"), after: [to] }] : []));
  return [...torn, ...merged].toSorted((a, b) =>
    byText(a.before.join("\0") + a.after.join("\0"), b.before.join("\0") + b.after.join("\0")),
  );
}

function variants<Side extends "before" | "after">(
  map: ReadonlyMap<string, string>,
  side: Side,
): Record<Side, string[]> & { units: string[] } {
  const sorted = [...map].toSorted(([a], [b]) => byText(a, b));
  const names = { [side]: sorted.map(([name]) => name) } as Record<Side, string[]>;
  return { ...names, units: sorted.map(([, unit]) => unit) };
}

export function nameCounts({ forward }: NamePairs): ProofRun["names"] {
  const renamed = [...forward].filter(([from, to]) => !to.has(from)).length;
  return { paired: forward.size, renamed };
}
