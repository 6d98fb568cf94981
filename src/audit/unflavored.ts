/** Owns the rule for definitions that do not bear their flavor: each with its cause. */
import type { Finding } from "../model/audit.js";
import type { FlavorIndex } from "./definitions.js";
import { type NamedSymbol, makeFinding } from "./finding.js";
import { subjectOf } from "./subject.js";

interface Cause {
  readonly why: string;
  readonly fix: string;
}

/** The warning for a global name of one flavor that stays the same when the flavor is taken off. */
export function unflavoredFinding(named: NamedSymbol, index: FlavorIndex, classes: ReadonlySet<string>): Finding {
  return makeFinding({ category: "unflavored", severity: "warning", ...causeOf(named, classes) }, named, [index]);
}

/** Global names that are classes: those with constructors, destructors, tables or typeinfo. */
export function globalClasses(names: readonly NamedSymbol[]): Set<string> {
  const classes = new Set<string>();
  for (const { symbol, name } of names) {
    const { path } = subjectOf(name.plain);
    const [scope = "", member] = path.split("::");
    if (/^_ZT[VTIS]/.test(symbol) && member === undefined) classes.add(scope);
    if (member === scope || member === `~${scope}`) classes.add(scope);
  }
  return classes;
}

function causeOf({ symbol, name }: NamedSymbol, classes: ReadonlySet<string>): Cause {
  if (!symbol.startsWith("_Z")) return cause("C name", symbol, "add it to the isolated C names, or make it static");
  const { path, mentions } = subjectOf(name.plain);
  const [scope = path, member] = path.split("::");
  if (scope === "std") return cause("instantiation over", mentions.join(", "), "isolate what its template arguments name");
  if (classes.has(scope)) return cause("class at global scope", scope, "add the class to the isolated names");
  if (member === undefined) return cause("function or variable at global scope", scope, "add it to the isolated names");
  return cause("missed namespace", scope, "add the namespace to the isolated ones");
}

function cause(kind: string, name: string, fix: string): Cause {
  return { why: `it bears no flavor: ${kind} ${name}`, fix: `${fix}; or declare it as shared with a reason` };
}
