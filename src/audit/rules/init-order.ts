/** Owns the rule for initialisers of two flavors that touch one thing before `main`. */
import type { StartUp } from "../deep/start-up.js";
import type { Evidence } from "../evidence.js";
import { placeOf } from "../places.js";
import type { Found, Rule } from "../rule.js";
import { isPlainRuntime } from "../runtime-names.js";

export const initOrder: Rule = {
  category: "init-order",
  find(evidence) {
    const first = evidence.flavors.map((_, at) => firstUses(evidence, at));
    return [...(first[0] ?? [])].flatMap(([symbol]) => touchedByBoth(evidence, first, symbol));
  },
};

/** The first initialiser of each name without a flavor. */
function firstUses({ flavors, startUp, bare, list, nameOf }: Evidence, at: number): Map<string, StartUp> {
  const flavor = flavors[at]?.name ?? "";
  const uses = new Map<string, StartUp>();
  for (const call of startUp()[at] ?? []) {
    for (const name of call.reached) {
      if (uses.has(name) || isPlainRuntime(name) || bare(name, flavor) !== name) continue;
      if (list.coverOf(name, nameOf(name)) !== "toolchain") uses.set(name, call);
    }
  }
  return uses;
}

function touchedByBoth({ flavors }: Evidence, first: readonly Map<string, StartUp>[], symbol: string): Found[] {
  const places = first.flatMap((uses, at) => {
    const [use, index] = [uses.get(symbol), flavors[at]];
    return use === undefined || index === undefined ? [] : placeOf(index, use.object);
  });
  if (places.length < 2) return [];
  return [
    {
      symbol,
      places,
      why: "initialisers of both flavors use it before main, in the order in which their objects are linked",
      fix: "make it safe to use before its own initialiser has run, or call from main instead",
    },
  ];
}
