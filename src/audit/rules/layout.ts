/** Owns the rule for types of one name that the flavors lay out differently, as their debug information tells. */
import type { Finding } from "../../model/audit.js";
import type { TypeLayout } from "../../objects/dwarf/layout.js";
import type { Evidence } from "../evidence.js";
import type { LayoutClash } from "../layouts.js";
import type { Found, Rule } from "../rule.js";

export const layout: Rule = {
  category: "layout",
  find: (evidence) =>
    evidence
      .layouts()
      .flatMap(({ one, other, comparison }) => comparison.clashes.flatMap((clash) => layoutFound(evidence, [one, other], clash))),
};

function layoutFound({ list }: Evidence, [one, other]: readonly [string, string], { name, a, b, differences }: LayoutClash): Found[] {
  if (list.coverOf(name, { full: name, plain: name }) !== "open") return [];
  const isC = a.language === "c" && b.language === "c";
  const shown = differences.slice(0, MOST_DIFFERENCES).join("; ");
  const more = differences.length > MOST_DIFFERENCES ? ` and ${differences.length - MOST_DIFFERENCES} more` : "";
  return [
    {
      symbol: name,
      shown: `${a.kind} ${name}`,
      severity: isC ? "warning" : "error",
      places: [...placeOfType(one, a), ...placeOfType(other, b)],
      why: `${one} and ${other} lay it out differently: ${shown}${more}`,
      fix: isC
        ? "C gives types no linkage: rename it where objects of one version may reach the other, or declare it as shared with that reason"
        : "isolate its namespace or its name: as it is, inline code of one version reads objects of the other",
    },
  ];
}

const MOST_DIFFERENCES = 5;

/** Where the type is declared. */
function placeOfType(flavor: string, { place }: TypeLayout): Finding["flavors"] {
  return place === null ? [] : [{ flavor, file: `${place.file}:${place.line}`, member: null }];
}
