/** Owns suggestions for the name map: whole namespaces first, then single names, members and headers. Nothing is applied. */
import type { ApiDiff, ApiDiffSuggestion } from "../../model/api-diff.js";
import type { DiffContext } from "./item.js";
import { mapLine } from "./map-line.js";
import type { ApiPair } from "./pair.js";
import { suggestMembers, suggestNames } from "./suggest-names.js";
import { coveredNames, suggestNamespaces } from "./suggest-namespaces.js";

/** The best first within each section. */
export function suggestMap(pairs: readonly ApiPair[], headers: ApiDiff["headers"], context: DiffContext): ApiDiffSuggestion[] {
  const namespaces = suggestNamespaces(pairs, context);
  const covered = coveredNames(pairs, namespaces);
  return [...namespaces, ...suggestNames(pairs, covered, context), ...suggestMembers(pairs, context), ...suggestHeaders(pairs, headers)];
}

/** A header moved if at least half of what stood in it stands in one other now. */
function suggestHeaders(pairs: readonly ApiPair[], headers: ApiDiff["headers"]): ApiDiffSuggestion[] {
  const sizes = new Map<string, number>();
  for (const { legacy, latest } of pairs)
    if (legacy !== null && latest !== null) sizes.set(legacy.place.file, (sizes.get(legacy.place.file) ?? 0) + 1);
  return headers.filter(({ from, declarations }) => declarations * 2 >= (sizes.get(from) ?? 0)).map(headerSuggestion);
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
