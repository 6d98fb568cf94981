/** Owns the rule for names that one flavor wants and only another defines. */
import type { FlavorIndex } from "../definitions.js";
import type { Evidence } from "../evidence.js";
import { definingPlaces, placeOf, placeWords } from "../places.js";
import type { Found, Rule } from "../rule.js";

export const unresolvedCross: Rule = {
  category: "unresolved-cross",
  find: (evidence) => evidence.flavors.flatMap((index) => crossingsOf(evidence, index)),
};

function crossingsOf(evidence: Evidence, own: FlavorIndex): Found[] {
  const others = evidence.flavors.filter((flavor) => flavor !== own);
  return [...own.references].flatMap(([symbol, references]) => {
    if (own.definitions.has(symbol) || evidence.common?.definitions.has(symbol) === true) return [];
    const other = others.find((flavor) => flavor.definitions.has(symbol));
    const object = references[0]?.object;
    if (other === undefined || object === undefined) return [];
    if (evidence.list.coverOf(symbol, evidence.nameOf(symbol)) !== "open") return [];
    return crossing(
      own,
      object,
      other,
      symbol,
      references.every(({ isWeak }) => isWeak),
    );
  });
}

function crossing(own: FlavorIndex, object: number, other: FlavorIndex, symbol: string, isWeak: boolean): Found[] {
  const [from] = placeOf(own, object);
  const [to] = definingPlaces(other, symbol);
  if (from === undefined || to === undefined) return [];
  return [
    {
      symbol,
      severity: isWeak ? "warning" : "error",
      places: [from, to],
      why: isWeak
        ? `${placeWords(from)} takes it if it is there, and in one program gets it from ${placeWords(to)}`
        : `${placeWords(from)} wants it, and only ${placeWords(to)} defines it: the link succeeds by the other flavor's code`,
      fix: `add the archive that defines it to ${own.name}, isolate the name in ${other.name}, or declare it as shared with a reason`,
    },
  ];
}
