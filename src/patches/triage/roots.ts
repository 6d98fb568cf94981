/** Owns the verdict on each patch in conflict: by its own doing (a root), or only because of an earlier one (a cascade). */
import type { StackPatch } from "../stack/stack-patch.js";
import type { PortContext } from "../stack/port-context.js";
import { affectedPatches } from "./affected.js";
import { needsOf } from "./needs.js";
import { type JudgedFile, judge } from "./own-files.js";
import type { SlotMerger } from "./slot-merge.js";
import { type PortedPatches, stackApart } from "./stack-apart.js";
import { type PlacementConflict, stuckFiles } from "./stuck-file.js";

export interface Verdict {
  readonly patch: StackPatch;
  readonly conflict: PlacementConflict;
  /** Files in conflict by the patch's own doing; none for a cascade. */
  readonly own: readonly JudgedFile[];
  /** Earlier patches in conflict that this one builds on, in order. */
  readonly needs: readonly StackPatch[];
  /** Of a cascade: the last root that has to be settled before it. */
  readonly root: StackPatch | null;
}

/** One verdict per patch in conflict, in order. */
export async function verdictsOf(context: PortContext, slots: SlotMerger, ported: PortedPatches): Promise<Verdict[]> {
  const stuck = ported.patches.flatMap((patch, at) => {
    const conflict = ported.placements[at];
    return conflict?.status === "conflict" ? [{ patch, conflict }] : [];
  });
  const apart = await stackApart(context, ported);
  const files = await Promise.all(stuck.map(({ patch, conflict }) => stuckFiles(context, ported, apart, patch, conflict)));
  const judged = await judge(slots, files.flat());
  const affected = affectedPatches(ported.patches, ported.placements);
  const needs = await needsOf(
    context.pool.repository,
    ported.patches.filter((patch) => affected.has(patch)),
    stuck.map(({ patch }) => ({ patch, paths: judged.filter((file) => file.patch === patch && file.leans).map(({ before }) => before) })),
  );
  const verdicts: Verdict[] = [];
  const rootOf = new Map<StackPatch, StackPatch>();
  for (const one of stuck) {
    const all = judged.filter(({ patch }) => patch === one.patch);
    const own = all.filter((file) => file.own);
    const needed = needs.get(one.patch) ?? [];
    const last = lastOf(
      needed.map((patch) => rootOf.get(patch) ?? patch),
      verdicts,
    );
    const root = own.length > 0 ? null : last;
    rootOf.set(one.patch, root ?? one.patch);
    // Without an earlier one to blame it is its own doing.
    verdicts.push({ ...one, own: own.length === 0 && root === null ? all : own, needs: needed, root });
  }
  return verdicts;
}

function lastOf(roots: readonly StackPatch[], verdicts: readonly Verdict[]): StackPatch | null {
  return verdicts.findLast(({ patch }) => roots.includes(patch))?.patch ?? null;
}
