/** Owns the rule for code of another library over a flavor's types: it bears the flavor by its arguments alone. */
import { outermostScope } from "../mangled-scope.js";
import type { Evidence } from "../evidence.js";
import type { Found, Rule } from "../rule.js";

export const foreignTemplate: Rule = {
  category: "foreign-template",
  find: (evidence) =>
    evidence.flavors.flatMap(({ name, definitions }) => [...definitions.keys()].flatMap((symbol) => foreign(evidence, symbol, name))),
};

function foreign({ bare, list, nameOf }: Evidence, symbol: string, flavor: string): Found[] {
  if (!symbol.startsWith("_Z") || bare(symbol, flavor) === symbol) return [];
  const scope = outermostScope(symbol);
  if (scope === undefined || scope === "" || scope.endsWith(`_${flavor}`)) return [];
  if (list.coverOf(symbol, nameOf(symbol)) !== "open") return [];
  return [
    {
      symbol,
      why: `an instantiation of ${scope} over a type of ${flavor}: each flavor has its own, and the library behind it is one`,
      fix: `nothing, where ${scope} is one version for both flavors; else isolate it, too`,
    },
  ];
}
