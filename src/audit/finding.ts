/** Owns the making of findings: stable ids, places and order. */
import { type Finding, type FindingCategory, type Severity, findingCategorySchema } from "../model/audit.js";
import type { DemangledName } from "../objects/demangle.js";
import { sha256 } from "../support/hash.js";
import { type FlavorIndex } from "./definitions.js";
import { byText } from "../support/order.js";

export interface FindingText {
  readonly category: FindingCategory;
  readonly severity: Severity;
  readonly why: string;
  readonly fix: string;
}

export interface NamedSymbol {
  readonly symbol: string;
  readonly name: DemangledName;
}

/** A finding with every place in `indexes` that defines the symbol. */
export function makeFinding(text: FindingText, { symbol, name }: NamedSymbol, indexes: readonly FlavorIndex[]): Finding {
  const id = sha256(`${text.category}\0${symbol}`).slice(0, 16);
  const { category, severity, why, fix } = text;
  return { id, category, severity, symbol, demangled: name.full, flavors: indexes.flatMap((index) => placesOf(index, symbol)), why, fix };
}

function placesOf(index: FlavorIndex, symbol: string): Finding["flavors"] {
  const objects = new Set((index.definitions.get(symbol) ?? []).map((definition) => definition.object));
  return [...objects].flatMap((number) => {
    const place = index.objects[number]?.place;
    return place === undefined ? [] : [{ flavor: index.name, file: place.file, member: place.member }];
  });
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
