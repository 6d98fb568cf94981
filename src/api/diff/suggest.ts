/** Owns suggestions for the name map: whole namespaces first, then single names, members and headers. Nothing is applied. */
import type { ApiDiff, ApiDiffSuggestion } from "../../model/api-diff.js";
import type { DiffContext } from "./item.js";
import { mapLine } from "./map-line.js";
import type { ApiPair } from "./pair.js";
import { suggestMembers, suggestNames } from "./suggest-names.js";
import { suggestNamespaces } from "./suggest-namespaces.js";

/** The best first within each section. */
export function suggestMap(pairs: readonly ApiPair[], headers: ApiDiff["headers"], context: DiffContext): ApiDiffSuggestion[] {
  const namespaces = suggestNamespaces(pairs, context);
  const covered = new Set(namespaces.flatMap(({ names }) => names));
  return [
    ...namespaces.map(({ suggestion }) => suggestion),
    ...suggestNames(pairs, covered, context),
    ...suggestMembers(pairs, context),
    ...headers.map(headerSuggestion),
  ];
}

function headerSuggestion({ from, to, declarations }: ApiDiff["headers"][number]): ApiDiffSuggestion {
  return {
    kind: "header",
    from,
    to,
    score: 1,
    evidence: [`${declarations} ${declarations === 1 ? "declaration stands" : "declarations stand"} in ${to} now`],
    section: "headers",
    line: mapLine(from, to),
  };
}
