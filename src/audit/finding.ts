/** Owns the making of findings: stable ids, names, places and order. */
import { FINDING_CATEGORIES, type Finding, type Severity, findingCategorySchema } from "../model/audit.js";
import { byText } from "../support/order.js";
import { sha256 } from "../support/hash.js";
import type { Evidence } from "./evidence.js";
import { outermostScope } from "./mangled-scope.js";
import { definingPlaces } from "./places.js";
import type { Found, Rule } from "./rule.js";

export type Severities = Readonly<Partial<Record<Finding["category"], Severity>>>;

/** The findings of a rule, one per symbol: places of the same symbol are joined. */
export function findingsOf(rule: Rule, evidence: Evidence, severities: Severities): Finding[] {
  const bySymbol = new Map<string, Finding>();
  for (const found of rule.find(evidence)) {
    const finding = makeFinding(rule, evidence, severities, found);
    const known = bySymbol.get(found.symbol);
    bySymbol.set(found.symbol, known === undefined ? finding : { ...known, flavors: joined(known.flavors, finding.flavors) });
  }
  return [...bySymbol.values()];
}

function makeFinding({ category }: Rule, { flavors, nameOf }: Evidence, severities: Severities, found: Found): Finding {
  const { symbol, shown, places, why, fix } = found;
  return {
    id: sha256(`${category}\0${symbol}`).slice(0, 16),
    category,
    severity: severities[category] ?? found.severity ?? FINDING_CATEGORIES[category].severity,
    symbol,
    demangled: shown ?? nameOf(symbol).full,
    ...(shown === undefined ? scopeOf(symbol) : {}),
    flavors: [...(places ?? flavors.flatMap((index) => definingPlaces(index, symbol)))],
    why,
    fix,
  };
}

/** As `unfork symbols --group scope` has it; nothing for what is no symbol, as a type's name. */
function scopeOf(symbol: string): Pick<Finding, "scope"> {
  if (/^_{1,2}Z/.test(symbol)) return { scope: outermostScope(symbol) || "global scope" };
  return /^[\w$.@]+$/.test(symbol) ? { scope: "C and assembler" } : {};
}

function joined(one: Finding["flavors"], other: Finding["flavors"]): Finding["flavors"] {
  const byKey = new Map([...one, ...other].map((place) => [`${place.flavor}\0${place.file}\0${place.member ?? ""}`, place]));
  return [...byKey.values()];
}

const SEVERITIES: readonly Severity[] = ["error", "warning", "note"];

/** By severity, then category as the model lists them, then symbol. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const categories = findingCategorySchema.options;
  return findings.toSorted(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      categories.indexOf(a.category) - categories.indexOf(b.category) ||
      byText(a.symbol, b.symbol),
  );
}

/** Whether a severity is at or above a limit. */
export function isAtLeast(severity: Severity, limit: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(limit);
}
