/** Owns which fields of a struct lie over each other: the members of unions without a name. */
import type { ApiField } from "../../model/api-snapshot.js";

type Placed = Pick<ApiField, "name" | "offset">;

/** Names of fields that share their place with another; the snapshot lists them beside the others. */
export function overlappingFields(fields: readonly Placed[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [index, { name, offset }] of fields.entries())
    for (const before of fields.slice(0, index)) {
      if (offset === null || before.offset === null || before.offset < offset) continue;
      found.add(name);
      found.add(before.name);
    }
  return found;
}

/** Neighbours that begin at one place. */
export function unionRuns<T>(fields: readonly T[], offsetOf: (field: T) => number | null): T[][] {
  const runs: T[][] = [];
  for (const field of fields) {
    const last = runs.at(-1)?.[0];
    const isBeside = last !== undefined && offsetOf(last) !== null && offsetOf(last) === offsetOf(field);
    if (isBeside) runs.at(-1)?.push(field);
    else runs.push([field]);
  }
  return runs;
}
