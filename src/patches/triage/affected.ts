/** Owns the question which patches have to do with those in conflict: the outcome of all others is known. */
import type { ByteString } from "../../git/bytes.js";
import type { Placement } from "../stack/placement.js";
import type { StackPatch } from "../stack/stack-patch.js";

/** Patches in conflict, and those behind them that share a path with one, or with one that does. */
export function affectedPatches(patches: readonly StackPatch[], placements: readonly Placement[]): Set<StackPatch> {
  const paths = new Set<ByteString>();
  const affected = new Set<StackPatch>();
  for (const [at, patch] of patches.entries()) {
    const placement = placements[at];
    const own = placement === undefined ? [] : pathsOf(patch, placement);
    if (placement?.status !== "conflict" && !own.some((path) => paths.has(path))) continue;
    affected.add(patch);
    for (const path of own) paths.add(path);
  }
  return affected;
}

function pathsOf(patch: StackPatch, placement: Placement): ByteString[] {
  const placed = placement.status === "placed" ? [...placement.changes.keys()] : placement.conflicts.map(({ path }) => path);
  return [...patch.changes.map(({ path }) => path), ...placed];
}
