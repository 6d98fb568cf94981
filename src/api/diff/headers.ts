/** Owns the headers that moved between two releases, told by the declarations that stand in another one now. */
import type { ApiDiff } from "../../model/api-diff.js";
import type { ApiNameMap } from "../../model/api-name-map.js";
import { groupBy } from "../../support/group-by.js";
import { byText } from "../../support/order.js";
import type { ApiPair } from "./pair.js";

/** The newer release's name of a header as the map has it, or the same. */
export function headerName(map: ApiNameMap): (file: string) => string {
  return (file) => map.headers[file] ?? file;
}

/** Of each old header all new ones that took of it, those that took the most first. Members go with their class. */
export function movedHeaders(pairs: readonly ApiPair[], map: ApiNameMap): ApiDiff["headers"] {
  const headerOf = headerName(map);
  const moves = pairs.flatMap(({ legacy, latest }) => {
    if (legacy === null || latest === null || headerOf(legacy.place.file) === latest.place.file) return [];
    return [{ from: legacy.place.file, to: latest.place.file }];
  });
  return [...groupBy(moves, ({ from, to }) => `${from}\n${to}`).values()]
    .flatMap((group) => group.slice(0, 1).map(({ from, to }) => ({ from, to, declarations: group.length })))
    .toSorted((a, b) => byText(a.from, b.from) || b.declarations - a.declarations || byText(a.to, b.to));
}
