/** Owns the rule for archive members of one flavor that would satisfy another flavor's reference, by the order of the link alone. */
import type { FlavorIndex } from "../definitions.js";
import type { Evidence } from "../evidence.js";
import { definingPlaces, placeOf, placeWords } from "../places.js";
import type { Found, Rule } from "../rule.js";

export const memberHijack: Rule = {
  category: "member-hijack",
  find: (evidence) =>
    [...evidence.clashes().keys()].flatMap((symbol) =>
      evidence.list.coverOf(symbol, evidence.nameOf(symbol)) === "open" ? (hijackOf(evidence, symbol) ?? []) : [],
    ),
};

/** The first flavor, in their order, one of whose objects may get another flavor's definition without an error of the linker. */
function hijackOf({ flavors }: Evidence, symbol: string): Found | undefined {
  for (const own of flavors) {
    const wanting = own.references.get(symbol)?.[0];
    if (wanting === undefined || !isLinkedOnDemand(own, symbol)) continue;
    const other = flavors.find((flavor) => flavor !== own && flavor.definitions.has(symbol));
    if (other === undefined) continue;
    const [from] = placeOf(own, wanting.object);
    const [mine] = definingPlaces(own, symbol);
    const [theirs] = definingPlaces(other, symbol);
    if (from === undefined || mine === undefined || theirs === undefined) continue;
    return {
      symbol,
      places: [from, mine, theirs],
      why: `${placeWords(from)} wants it and gets ${placeWords(theirs)} instead of ${placeWords(mine)} when that comes first or is linked already; no linker says so`,
      fix: "give both definitions names of their own; the order of archives is no remedy, as a later reference turns it around",
    };
  }
  return undefined;
}

/** Whether all definitions lie in archive members, which are linked only when something wants them. */
function isLinkedOnDemand(index: FlavorIndex, symbol: string): boolean {
  const definitions = index.definitions.get(symbol);
  return definitions?.every(({ object }) => index.objects[object]?.place.member !== null) === true;
}
