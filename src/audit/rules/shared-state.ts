/** Owns the rule for state that both flavors reach: variables of what they share, and what a process has once. */
import { writableGlobals } from "../deep/writable-globals.js";
import type { Evidence } from "../evidence.js";
import { placeOf } from "../places.js";
import { clashFix } from "./clash-rule.js";
import type { Found, Rule } from "../rule.js";
import { PROCESS_WIDE } from "../runtime-names.js";

export const sharedState: Rule = {
  category: "shared-state",
  find: (evidence) => [...mergedVariables(evidence), ...sharedVariables(evidence), ...processWide(evidence)],
};

/** Inline variables and static ones of inline functions, of which a linker makes one, though each flavor counts on its own. */
function mergedVariables({ sharedVariables: names, clashes, list, nameOf }: Evidence): Found[] {
  return [...names()].flatMap((symbol) => {
    if (clashes().get(symbol) !== "weak-same" || list.coverOf(symbol, nameOf(symbol)) !== "open") return [];
    return [
      {
        symbol,
        severity: "error" as const,
        why: "both flavors define this variable weakly and can write to it: the linker keeps one, and what one flavor sets, the other sees",
        fix: clashFix(symbol),
      },
    ];
  });
}

/** Writable variables of the shared archives that at least two flavors name. */
function sharedVariables(evidence: Evidence): Found[] {
  const { common } = evidence;
  if (common === undefined) return [];
  return writableGlobals(common).flatMap((symbol) => {
    const places = wantingPlaces(evidence, symbol);
    if (places === undefined || evidence.list.coverOf(symbol, evidence.nameOf(symbol)) !== "open") return [];
    return [
      {
        symbol,
        places,
        why: "it can be written, lies in what all flavors share, and both use it: what one sets, the other sees",
        fix: "see that both agree on it, then declare it as shared with the reason; or isolate the module",
      },
    ];
  });
}

function processWide(evidence: Evidence): Found[] {
  return [...PROCESS_WIDE].flatMap(([symbol, what]) => {
    const places = wantingPlaces(evidence, symbol);
    if (places === undefined || evidence.list.coverOf(symbol, evidence.nameOf(symbol)) === "named") return [];
    return [
      {
        symbol,
        places,
        why: `both flavors may set ${what}, of which a process has one: the last call counts for both`,
        fix: "let one flavor or the program do it; if both set the same, declare the name as shared with that reason",
      },
    ];
  });
}

/** The first object of each flavor that wants the name; undefined unless at least two do, and none defines it. */
function wantingPlaces({ flavors }: Evidence, symbol: string): Found["places"] {
  const places = flavors.flatMap((index) => {
    const object = index.definitions.has(symbol) ? undefined : index.references.get(symbol)?.[0]?.object;
    return object === undefined ? [] : placeOf(index, object);
  });
  return places.length > 1 ? places : undefined;
}
