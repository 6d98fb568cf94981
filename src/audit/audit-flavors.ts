/** Owns the audit: every global name that two flavors define is found, and is shared by declaration or an error. */
import type { AuditResult, Finding, SharedNames } from "../model/audit.js";
import { type Demangle, type DemangledName, demangleNames } from "../objects/demangle.js";
import { type BodySets, bodiesDiffer, bodySets } from "./bodies.js";
import { clashFinding } from "./clash.js";
import { type FlavorFiles, type FlavorIndex, commonNames, indexFlavor } from "./definitions.js";
import { type NamedSymbol, sortFindings } from "./finding.js";
import { sharedFinding } from "./shared-clash.js";
import { type Coverage, sharedCoverage } from "./shared.js";
import { globalClasses, unflavoredFinding } from "./unflavored.js";
import { byText } from "../support/order.js";

export interface AuditRequest {
  /** Two or more flavors with absolute paths of their archives or objects. */
  readonly flavors: readonly FlavorFiles[];
  /** What both may define; nothing is shared but this (see TOOLCHAIN_SHARED). */
  readonly shared: readonly SharedNames[];
  /** The name without the flavor's suffix; the same name when it bears none. */
  readonly unflavor: (symbol: string, flavor: string) => string;
}

/** Reads all archives and compares what the flavors define. Throws `object-invalid` on a file that cannot be read whole. */
export async function auditFlavors(request: AuditRequest, demangle: Demangle = demangleNames): Promise<AuditResult> {
  const indexes = request.flavors.map(indexFlavor);
  const common = commonNames(indexes);
  const bare = bareNames(indexes, request.unflavor);
  const names = await demangle([...new Set([...common, ...bare.common, ...bare.unflavored])]);
  const covers = sharedCoverage(request.shared);
  const sets = indexes.map((index) => bodySets(index, common));
  const split = splitShared(named(common, names), covers);
  const findings = [
    ...split.clashing.map((one) => clashFinding(one, indexes, sets)),
    ...split.shared.flatMap((one) => sharedFinding(one, indexes, sets) ?? []),
    ...unflavoredFindings(named(bare.unflavored, names), new Set(common), indexes, request.unflavor, covers),
  ];
  const shared = request.shared.map((entry, index) => shareOf(entry, index, split.shared, covers, sets));
  return {
    flavors: indexes.map(({ name, objects, counts, definitions }) => {
      return { name, objects: objects.length, symbols: counts, definedNames: definitions.size };
    }),
    clashes: split.clashing.length,
    clashesBefore: splitShared(named(bare.common, names), covers).clashing.length,
    shared,
    findings: sortFindings(findings),
    summary: summaryOf(findings, shared),
  };
}

function named(symbols: readonly string[], names: ReadonlyMap<string, DemangledName>): NamedSymbol[] {
  return symbols.map((symbol) => ({ symbol, name: names.get(symbol) ?? { full: symbol, plain: symbol } }));
}

/** Names without their flavors: those that two flavors have in common, and those that were the same with it. */
function bareNames(indexes: readonly FlavorIndex[], unflavor: AuditRequest["unflavor"]): { common: string[]; unflavored: string[] } {
  const times = new Map<string, number>();
  const unflavored = new Set<string>();
  for (const { name: flavor, definitions } of indexes) {
    const bare = new Set<string>();
    for (const symbol of definitions.keys()) {
      const name = unflavor(symbol, flavor);
      if (name === symbol) unflavored.add(symbol);
      bare.add(name);
    }
    for (const name of bare) times.set(name, (times.get(name) ?? 0) + 1);
  }
  const common = [...times].flatMap(([name, count]) => (count > 1 ? [name] : []));
  return { common: common.toSorted(byText), unflavored: [...unflavored].toSorted(byText) };
}

function splitShared(names: readonly NamedSymbol[], covers: Coverage): { clashing: NamedSymbol[]; shared: NamedSymbol[] } {
  const clashing: NamedSymbol[] = [];
  const shared: NamedSymbol[] = [];
  for (const one of names) (covers(one.symbol, one.name).length === 0 ? clashing : shared).push(one);
  return { clashing, shared };
}

/** One warning per flavor's own name that bears no flavor; a name that clashes has its error already. */
function unflavoredFindings(
  candidates: readonly NamedSymbol[],
  clashing: ReadonlySet<string>,
  indexes: readonly FlavorIndex[],
  unflavor: AuditRequest["unflavor"],
  covers: Coverage,
): Finding[] {
  const classes = globalClasses(candidates);
  return candidates.flatMap((one) => {
    if (clashing.has(one.symbol) || covers(one.symbol, one.name).length > 0) return [];
    const index = indexes.find(({ name, definitions }) => definitions.has(one.symbol) && unflavor(one.symbol, name) === one.symbol);
    return index === undefined ? [] : [unflavoredFinding(one, index, classes)];
  });
}

function shareOf(
  entry: SharedNames,
  index: number,
  shared: readonly NamedSymbol[],
  covers: Coverage,
  sets: readonly BodySets[],
): AuditResult["shared"][number] {
  const covered = shared.filter(({ symbol, name }) => covers(symbol, name).includes(index));
  const differentBodies = covered.filter(({ symbol }) => bodiesDiffer(sets, symbol)).length;
  return { pattern: entry.pattern, reason: entry.reason, names: covered.length, differentBodies };
}

/** Findings per category, and under `shared-unused` the entries of the shared list that cover nothing. */
function summaryOf(findings: readonly Finding[], shared: AuditResult["shared"]): Record<string, number> {
  const summary: Record<string, number> = {};
  for (const { category } of sortFindings(findings)) summary[category] = (summary[category] ?? 0) + 1;
  const unused = shared.filter(({ names }) => names === 0).length;
  if (unused > 0) summary["shared-unused"] = unused;
  return summary;
}
