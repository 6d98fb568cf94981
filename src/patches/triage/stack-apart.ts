/** Owns the stack on its old base without the patches in conflict: what they would come onto if the others were all there is. */
import type { ByteString } from "../../git/bytes.js";
import type { DraftChanges } from "../../git/tree-draft.js";
import type { TreeEntry } from "../../git/tree.js";
import { placeStack } from "../stack/place-stack.js";
import type { Placement } from "../stack/placement.js";
import type { StackPatch } from "../stack/stack-patch.js";
import type { PortContext } from "../stack/port-context.js";
import { foldersOf } from "../stack/tree-shape.js";
import { affectedPatches } from "./affected.js";

export interface PortedPatches {
  readonly patches: readonly StackPatch[];
  readonly placements: readonly Placement[];
  /** Trees of the two bases. */
  readonly oldBase: string;
  readonly newBase: string;
}

/** Per patch in conflict what stands at its paths, and at those of their folders, before it, with all patches in conflict left out. */
export type EntriesApart = ReadonlyMap<StackPatch, ReadonlyMap<ByteString, TreeEntry | null>>;

const NOTHING: DraftChanges = new Map();

/** Patches that have nothing to do with those left out are not merged again: they come as they are. */
export async function stackApart(context: PortContext, { patches, placements, oldBase }: PortedPatches): Promise<EntriesApart> {
  const affected = affectedPatches(patches, placements);
  const left = new Set(patches.filter((_, at) => placements[at]?.status === "conflict"));
  const entries = new Map<StackPatch, Map<ByteString, TreeEntry | null>>();
  const known = (patch: StackPatch) => (left.has(patch) ? NOTHING : affected.has(patch) ? undefined : ownChanges(patch));
  await placeStack(
    {
      ...context,
      known,
      takes: async (patch, _placement, head) => {
        if (!left.has(patch)) return true;
        const places = [...new Set(patch.changes.flatMap(({ path }) => [path, ...foldersOf(path)]))];
        const found = await Promise.all(places.map(async (path) => [path, (await head.entry(path)) ?? null] as const));
        entries.set(patch, new Map(found));
        return false;
      },
    },
    patches,
    oldBase,
  );
  return entries;
}

function ownChanges({ changes }: StackPatch): DraftChanges {
  return new Map(changes.map(({ path, after }) => [path, after]));
}
