/** Owns the question which of a patch's files are in conflict with upstream by the patch's own doing. */
import type { SlotMerger } from "./slot-merge.js";
import { type StuckFile, meet, patchOnto } from "./stuck-file.js";

export interface JudgedFile extends StuckFile {
  /** The patch needs earlier ones in conflict there: without them it would not come onto the old base either. */
  readonly leans: boolean;
  /**
   * It stays in conflict with all earlier ones settled in favour of the patches, or needs none of them. None of a patch's files:
   * it fails only because of earlier ones.
   */
  readonly own: boolean;
}

export async function judge(slots: SlotMerger, files: readonly StuckFile[]): Promise<JudgedFile[]> {
  const apart = await slots.merge(files.map((file) => patchOnto(file, file.apart)));
  const settled = await meet(
    slots,
    files.map((file) => ({ file, stack: file.conflict.base, upstream: file.onNewBase })),
  );
  return files.map((file, at) => {
    const leans = file.misplaced ? file.inTheWay || (file.needed && file.apart === null) : apart[at]?.clean === false;
    return { ...file, leans, own: !leans || (settled[at] === true && !file.misplaced) };
  });
}
