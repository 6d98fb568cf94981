/** Owns which functions come along with a class of the surface: friends that it alone declares. */
import type { ApiPair } from "../../api/diff/pair.js";
import type { ApiType } from "../../model/api-snapshot.js";
import type { PlanContext } from "./context.js";

/** Those that take one of the roots, and are none themselves. */
export function friendsOf(roots: readonly ApiPair[], pairs: readonly ApiPair[], { sides, isExcluded }: PlanContext): ApiPair[] {
  const known = new Set<ApiPair>(roots);
  const names = new Set(roots.flatMap(({ kind, name }) => (kind === "class" ? [name] : [])));
  return pairs.filter((pair) => {
    if (pair.kind !== "function" || known.has(pair) || isExcluded(pair.name)) return false;
    return [pair.legacy, pair.latest].some(
      (one, side) =>
        one?.kind === "function" &&
        one.hidden === true &&
        one.parameters.some(({ type }) => names.has(sides[side as 0 | 1].nameOf(nameOf(type)))),
    );
  });
}

function nameOf(type: ApiType): string {
  if (type.kind === "reference" || type.kind === "pointer") return nameOf(type.to);
  return type.kind === "named" ? type.name : "";
}
