/** Owns the rule for types of two flavors whose names differ for the linker, and not for the C++ runtime. */
import { type TypeinfoText, typeinfoTexts } from "../deep/typeinfo-texts.js";
import type { FlavorIndex } from "../definitions.js";
import type { Evidence } from "../evidence.js";
import { definingPlaces } from "../places.js";
import type { Found, Rule } from "../rule.js";

export const typeinfoString: Rule = {
  category: "typeinfo-string",
  find: (evidence) =>
    evidence.flavors.flatMap((one, index) => evidence.flavors.slice(index + 1).flatMap((other) => crossingTypes(evidence, one, other))),
};

function crossingTypes(evidence: Evidence, one: FlavorIndex, other: FlavorIndex): Found[] {
  const theirs = byTextOf(typeinfoTexts(other, isTypeinfoName));
  return typeinfoTexts(one, isTypeinfoName).flatMap(({ symbol, text }) => {
    const same = theirs.get(text) ?? [];
    if (same.length === 0 || same.some((type) => type.symbol === symbol)) return [];
    const [first] = same;
    if (first === undefined || evidence.list.coverOf(symbol, evidence.nameOf(symbol)) !== "open") return [];
    return [
      {
        symbol,
        places: [...definingPlaces(one, symbol), ...definingPlaces(other, first.symbol)],
        why: `the runtime compares "${text}", which is also the text of ${first.symbol} in ${other.name}: casts and catch clauses of one flavor take objects of the other`,
        fix: "rename in the sources (unfork isolate), not in the objects: objcopy and the like leave these texts as they are",
      },
    ];
  });
}

function isTypeinfoName(symbol: string): boolean {
  return /^_{1,2}ZTS/.test(symbol);
}

function byTextOf(texts: readonly TypeinfoText[]): Map<string, TypeinfoText[]> {
  const found = new Map<string, TypeinfoText[]>();
  for (const one of texts) found.set(one.text, [...(found.get(one.text) ?? []), one]);
  return found;
}
