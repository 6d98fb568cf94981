/** Owns the rule for definitions that do not bear their flavor: each with its cause. */
import type { FlavorIndex } from "../definitions.js";
import type { Evidence } from "../evidence.js";
import type { Found, Rule } from "../rule.js";
import { symbolSubject } from "../subject.js";

export const unflavored: Rule = {
  category: "unflavored",
  find(evidence) {
    const names = unflavoredNames(evidence);
    const classes = globalClasses(evidence, names);
    return names.map((symbol) => Object.assign(causeOf(symbol, classes), { symbol }));
  },
};

/** Names of single flavors that stay the same when the flavor is taken off; those that clash have their error already. */
function unflavoredNames(evidence: Evidence): string[] {
  const { flavors, bare, clashes, list, nameOf } = evidence;
  const names = new Set<string>();
  for (const index of flavors) {
    if (flavors.length > 1 && !bearsFlavor(evidence, index)) continue;
    for (const symbol of index.definitions.keys()) if (bare(symbol, index.name) === symbol) names.add(symbol);
  }
  const clashing = clashes();
  return [...names].filter((symbol) => !clashing.has(symbol) && list.coverOf(symbol, nameOf(symbol)) === "open");
}

/** Whether any name of a flavor bears it: one that was not isolated has nothing that was missed. */
export function bearsFlavor({ bare }: Pick<Evidence, "bare">, { name, definitions }: FlavorIndex): boolean {
  return [...definitions.keys()].some((symbol) => bare(symbol, name) !== symbol);
}

/** Global names that are classes: those with constructors, destructors, tables or typeinfo. */
function globalClasses({ clashes }: Evidence, names: readonly string[]): Set<string> {
  const classes = new Set<string>();
  for (const symbol of [...names, ...clashes().keys()]) {
    const [scope = "", member] = (symbolSubject(symbol)?.path ?? symbol).split("::");
    if (/^_ZT[VTIS]/.test(symbol) && member === undefined) classes.add(scope);
    if (member === scope || member === `~${scope}`) classes.add(scope);
  }
  return classes;
}

type Cause = Pick<Found, "why" | "fix">;

function causeOf(symbol: string, classes: ReadonlySet<string>): Cause {
  if (!symbol.startsWith("_Z")) return cause("C name", symbol, "add it to the isolated C names, or make it static");
  const { path, mentions } = symbolSubject(symbol) ?? { path: symbol, mentions: [] };
  const [scope = path, member] = path.split("::");
  if (scope === "std") return cause("instantiation over", mentions.join(", "), "isolate what its template arguments name");
  if (classes.has(scope)) return cause("class at global scope", scope, "add the class to the isolated names");
  if (member === undefined) return cause("function or variable at global scope", scope, "add it to the isolated names");
  return cause("missed namespace", scope, "add the namespace to the isolated ones");
}

function cause(kind: string, name: string, fix: string): Cause {
  return { why: `it bears no flavor: ${kind} ${name}`, fix: `${fix}; or declare it as shared with a reason` };
}

/** Names that some flavor defines and that bear no flavor, whether they clash or not. */
export function namesWithoutFlavor({ flavors, bare }: Pick<Evidence, "flavors" | "bare">): string[] {
  return flavors.flatMap(({ name, definitions }: FlavorIndex) => [...definitions.keys()].filter((symbol) => bare(symbol, name) === symbol));
}
