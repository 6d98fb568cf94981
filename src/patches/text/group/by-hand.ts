/** Owns the grouping that a person gave: patch names to feature names. */
import { UnforkError } from "../../../support/errors.js";
import type { Key } from "../group.js";
import type { TextPatch } from "../text-patch.js";

/** Throws `input-invalid` for names that no patch has, and for patches that are in no group when there is no other rule. */
export function byHand(
  patches: readonly TextPatch[],
  map: ReadonlyMap<string, string>,
  otherwise: ((patch: TextPatch) => Key) | undefined,
): (patch: TextPatch) => Key {
  const names = new Set(patches.map(({ name }) => name));
  const unknown = [...map.keys()].filter((name) => !names.has(name));
  if (unknown.length > 0)
    throw fault(`no patch is named ${unknown.join(", ")}`, "take the names as `unfork patch import --dry-run` shows them");
  const open = patches.filter(({ name }) => !map.has(name)).map(({ name }) => name);
  if (open.length > 0 && otherwise === undefined)
    throw fault(`in no feature: ${open.join(", ")}`, "name a feature for each patch, or a rule for the rest");
  return (patch) => {
    const name = map.get(patch.name);
    if (name !== undefined) return { name, why: "grouped by hand" };
    if (otherwise === undefined) throw new Error("checked above");
    return otherwise(patch);
  };
}

function fault(message: string, hint: string): UnforkError {
  return new UnforkError("input-invalid", message, { hint });
}
