/**
 * Owns the memory of settled conflicts. An answer counts for exactly the three contents and the very patch it was given for;
 * whatever is only alike is a conflict again.
 */
import type { BatchConflict } from "../../git/merge-batch.js";
import type { StateFiles } from "../../git/state-ref.js";

/** The answer to a conflict in one file. */
export interface Resolution {
  /** What the file becomes; null: it goes. */
  readonly content: Buffer | null;
  /** Why lines of the patch are left out, where some are. */
  readonly why: string | null;
}

export interface ResolutionMemory {
  readonly find: (patchId: string, conflict: BatchConflict) => Promise<Resolution | undefined>;
  readonly record: (patchId: string, conflict: BatchConflict, resolution: Resolution) => Promise<void>;
}

const FOLDER = "resolutions";

export function resolutionMemory(files: StateFiles): ResolutionMemory {
  return {
    find: async (patchId, conflict) => {
      const path = pathOf(patchId, conflict);
      const [content, gone, why] = await Promise.all([files.read(path), files.read(`${path}.gone`), files.read(`${path}.why`)]);
      if (content === undefined && gone === undefined) return undefined;
      return { content: content ?? null, why: why?.toString("utf8") ?? null };
    },
    record: async (patchId, conflict, { content, why }) => {
      const path = pathOf(patchId, conflict);
      await files.set(path, content);
      await files.set(`${path}.gone`, content === null ? "" : null);
      await files.set(`${path}.why`, why);
    },
  };
}

/** Git's patch id, then the blob ids of base, upstream's side and the patch's side; zeros where a side has no such file. */
function pathOf(patchId: string, conflict: BatchConflict): string {
  return `${FOLDER}/${patchId}/${conflictName(conflict)}`;
}

/** The ids of the three sides, which tell a conflict from every other. */
export function conflictName({ base, ours, theirs }: Pick<BatchConflict, "base" | "ours" | "theirs">): string {
  const [b, o, t] = [base, ours, theirs].map((side) => side?.id ?? "0".repeat(40));
  return `${b}-${o}-${t}`;
}
