/**
 * Owns the memory of settled conflicts. An answer counts for exactly the three contents and the very patch it was given for;
 * whatever is only alike is a conflict again.
 */
import type { BatchConflict } from "../../git/merge-batch.js";
import type { StateFiles } from "../../git/state-ref.js";

/** What a conflicted file becomes; null: it goes. */
export type Resolution = Buffer | null;

export interface ResolutionMemory {
  readonly find: (patchId: string, conflict: BatchConflict) => Promise<Resolution | undefined>;
  readonly record: (patchId: string, conflict: BatchConflict, resolution: Resolution) => Promise<void>;
  /** Whether there are any answers at all. */
  readonly isEmpty: () => Promise<boolean>;
}

const FOLDER = "resolutions";
const GONE = ".gone";

export function resolutionMemory(files: StateFiles): ResolutionMemory {
  return {
    find: async (patchId, conflict) => {
      const path = pathOf(patchId, conflict);
      if ((await files.read(`${path}${GONE}`)) !== undefined) return null;
      return await files.read(path);
    },
    record: async (patchId, conflict, resolution) => {
      const path = pathOf(patchId, conflict);
      await files.set(`${path}${GONE}`, resolution === null ? "" : null);
      await files.set(path, resolution);
    },
    isEmpty: async () => (await files.list(FOLDER)).length === 0,
  };
}

/** Git's patch id, then the blob ids of base, upstream's side and the patch's side; zeros where a side has no such file. */
function pathOf(patchId: string, { base, ours, theirs }: BatchConflict): string {
  const [b, o, t] = [base, ours, theirs].map((side) => side?.id ?? "0".repeat(40));
  return `${FOLDER}/${patchId}/${b}-${o}-${t}`;
}
