/** Owns the rule for names that two flavors define: which clash it is, why it hurts and what to do. */
import type { Finding, FindingCategory } from "../model/audit.js";
import type { SymbolClass } from "../objects/model.js";
import { type BodySets, bodiesDiffer } from "./bodies.js";
import type { FlavorIndex } from "./definitions.js";
import { type FindingText, type NamedSymbol, makeFinding } from "./finding.js";

/** A linker that has several definitions of one flavor takes the first of these. */
const PRECEDENCE: readonly SymbolClass[] = ["strong", "common", "unique", "weak"];

/** The clash category of a name that at least two flavors define. */
export function clashCategory(indexes: readonly FlavorIndex[], sets: readonly BodySets[], symbol: string): FindingCategory {
  const classes = indexes.flatMap((index) => leadingClass(index, symbol) ?? []);
  const strong = classes.filter((one) => one === "strong").length;
  if (strong > 1) return "strong-clash";
  if (strong === 1) return "mixed-clash";
  if (classes.includes("common")) return "common-clash";
  if (classes.includes("unique")) return "unique-clash";
  return bodiesDiffer(sets, symbol) ? "weak-clash" : "weak-same";
}

function leadingClass(index: FlavorIndex, symbol: string): SymbolClass | undefined {
  const classes = index.definitions.get(symbol)?.map((definition) => definition.class);
  return PRECEDENCE.find((one) => classes?.includes(one));
}

/** The error for a name outside the shared list. */
export function clashFinding(named: NamedSymbol, indexes: readonly FlavorIndex[], sets: readonly BodySets[]): Finding {
  const category = clashCategory(indexes, sets, named.symbol);
  const text: FindingText = { category, severity: "error", why: CLASH_WHY[category], fix: clashFix(named.symbol) };
  return makeFinding(text, named, indexes);
}

const CLASH_WHY: Readonly<Record<FindingCategory, string>> = {
  "strong-clash": "both flavors define it: the link fails, or the flavor whose object comes first serves both",
  "mixed-clash": "one flavor defines it strongly, another weakly: the linker silently takes the strong one for both",
  "weak-clash": "both flavors define it weakly with different bodies: the linker silently keeps the first for both",
  "weak-same": "both flavors define it weakly; the bodies agree today, and one compiler flag or fix changes that unseen",
  "common-clash": "a tentative definition in one flavor is merged with the other flavor's: both write to one variable",
  "unique-clash": "a unique definition is one for the whole process: both flavors use the same variable",
  unflavored: "it bears no flavor",
};

function clashFix(symbol: string): string {
  return symbol.startsWith("_Z")
    ? "isolate the namespace or the global class it belongs to, or those that its template arguments name; or declare it as shared with a reason"
    : "add the name to the isolated C names, make it static, or declare it as shared with a reason";
}
