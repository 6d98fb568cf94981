/** Owns what an audit takes as shared by declaration, entry by entry, and what each entry answers for. */
import type { AuditResult, SharedNames } from "../model/audit.js";
import type { DemangledName } from "../objects/demangle.js";
import { type Coverage, sharedCoverage } from "./shared.js";
import { TOOLCHAIN_SHARED } from "./toolchain.js";

/**
 * `open`: no entry covers the name. `named`: an entry spells out this one name. `toolchain`: the toolchain's own list
 * covers it. `pattern`: only patterns of the user do, which do not answer for names whose bodies differ.
 */
export type Cover = "open" | "named" | "toolchain" | "pattern";

export interface SharedList {
  readonly entries: readonly SharedNames[];
  readonly covers: Coverage;
  readonly coverOf: (symbol: string, name: DemangledName) => Cover;
}

export function sharedList(entries: readonly SharedNames[]): SharedList {
  const covers = sharedCoverage(entries);
  return { entries, covers, coverOf: (symbol, name) => coverOf(entries, covers(symbol, name), [symbol, name.full]) };
}

function coverOf(entries: readonly SharedNames[], covering: readonly number[], texts: readonly string[]): Cover {
  const found = covering.flatMap((index) => entries[index] ?? []);
  if (found.length === 0) return "open";
  if (found.some(({ pattern }) => texts.includes(pattern) || isOneName(pattern))) return "named";
  return found.some(isToolchains) ? "toolchain" : "pattern";
}

/** Whether the pattern spells out one name. */
function isOneName(pattern: string): boolean {
  return !/[*?]/.test(pattern) && !/^\/.+\/[ims]*$/s.test(pattern);
}

export function isToolchains(entry: SharedNames): boolean {
  return TOOLCHAIN_SHARED.includes(entry);
}

/** How many names each entry covers, and of how many of them the bodies have nothing in common. */
export function coverageOf(
  { entries, covers }: SharedList,
  names: readonly { readonly symbol: string; readonly name: DemangledName }[],
  differs: (symbol: string) => boolean,
): Omit<AuditResult["shared"][number], "ofOne">[] {
  const counts = entries.map(({ pattern, reason }) => ({ pattern, reason, names: 0, differentBodies: 0 }));
  for (const { symbol, name } of names) {
    const covering = covers(symbol, name);
    const differ = covering.length > 0 && differs(symbol) ? 1 : 0;
    for (const index of covering) {
      const count = counts[index];
      if (count === undefined) continue;
      count.names += 1;
      count.differentBodies += differ;
    }
  }
  return counts;
}
