/**
 * Owns the memory of settled conflicts. An answer counts for exactly the path, the three contents and the very patch it was given
 * for; whatever is only alike is a conflict again.
 */
import type { ByteString } from "../../git/bytes.js";
import type { BatchConflict } from "../../git/merge-batch.js";
import type { StateFiles } from "../../git/state-ref.js";
import { sha1 } from "../../support/hash.js";

/** The answer to a conflict in one file. */
export interface Resolution {
  /** What the file becomes; null: it goes. */
  readonly content: Buffer | null;
  /** Why lines of the patch are left out, where some are. */
  readonly why: string | null;
}

export interface ResolutionMemory {
  /** `all`: what the patch has in conflict, this one among it. */
  readonly find: (patchId: string, conflict: BatchConflict, all: readonly BatchConflict[]) => Promise<Resolution | undefined>;
  readonly record: (patchId: string, conflict: BatchConflict, resolution: Resolution) => Promise<void>;
}

const FOLDER = "resolutions";

export function resolutionMemory(files: StateFiles): ResolutionMemory {
  return {
    find: async (patchId, conflict, all) => {
      const folder = `${FOLDER}/${patchId}`;
      const sides = sidesName(conflict);
      const known = await readOne(files, `${folder}/${conflictName(conflict)}`);
      if (known !== undefined || all.filter((one) => sidesName(one) === sides).length !== 1) return known;
      return await readOne(files, `${folder}/${sides}`);
    },
    record: async (patchId, conflict, resolution) => {
      const folder = `${FOLDER}/${patchId}`;
      await writeOne(files, `${folder}/${conflictName(conflict)}`, resolution);
      // One without a path that was not taken tells nothing: it may be another file's.
      await writeOne(files, `${folder}/${sidesName(conflict)}`, null);
    },
  };
}

async function readOne(files: StateFiles, path: string): Promise<Resolution | undefined> {
  const [content, gone, why] = await Promise.all([files.read(path), files.read(`${path}.gone`), files.read(`${path}.why`)]);
  if (content === undefined && gone === undefined) return undefined;
  return { content: content ?? null, why: why?.toString("utf8") ?? null };
}

async function writeOne(files: StateFiles, path: string, resolution: Resolution | null): Promise<void> {
  await files.set(path, resolution?.content ?? null);
  await files.set(`${path}.gone`, resolution !== null && resolution.content === null ? "" : null);
  await files.set(`${path}.why`, resolution?.why ?? null);
}

/** What tells a conflict of a patch from every other: the ids of its three sides, then that of its path. */
export function conflictName(conflict: BatchConflict): string {
  return `${sidesName(conflict)}-${pathName(conflict.path)}`;
}

/** The blob ids of base, upstream's side and the patch's side, zeros where a side has no such file: what older versions told conflicts by. */
export function sidesName({ base, ours, theirs }: Pick<BatchConflict, "base" | "ours" | "theirs">): string {
  const [b, o, t] = [base, ours, theirs].map((side) => side?.id ?? "0".repeat(40));
  return `${b}-${o}-${t}`;
}

/** SHA-1 of a path. */
export function pathName(path: ByteString): string {
  return sha1(Buffer.from(path, "latin1"));
}
