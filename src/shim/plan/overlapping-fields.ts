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
