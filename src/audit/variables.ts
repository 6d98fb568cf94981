/** Owns the search for symbols of one type that two flavors have, but for the flavor in their names. */
import type { Finding } from "../model/audit.js";
import type { Evidence } from "./evidence.js";
import { placeOf } from "./places.js";

interface OfBoth {
  /** Without the flavor, where it bears one. */
  readonly symbol: string;
  readonly places: Finding["flavors"];
}

/** Definitions with this st_type whose names without the flavor at least two flavors have. */
export function variablesOfBoth({ flavors, bare }: Evidence, type: number): OfBoth[] {
  const found = new Map<string, Finding["flavors"]>();
  for (const index of flavors) {
    for (const [symbol, definitions] of index.definitions) {
      const definition = definitions.find((one) => one.type === type);
      if (definition === undefined) continue;
      const name = bare(symbol, index.name);
      found.set(name, [...(found.get(name) ?? []), ...placeOf(index, definition.object)]);
    }
  }
  return [...found].flatMap(([symbol, places]) => (new Set(places.map(({ flavor }) => flavor)).size > 1 ? [{ symbol, places }] : []));
}
