/** Owns merges for several pieces of work that go on side by side: what all of them wait for goes out as one batch. */
import type { BatchMerge, MergePair, Merger } from "./merge-batch.js";

export interface JointMerger {
  /** For each piece of work; one asks again only when it has its answer. */
  readonly merger: Merger;
  /** A piece of work is through, and asks no more. */
  readonly ended: () => void;
}

interface Waiting {
  readonly pairs: readonly MergePair[];
  readonly resolve: (merges: BatchMerge[]) => void;
  readonly reject: (error: unknown) => void;
}

/** A batch goes out when every piece of work that is not through waits, so that the batches are the same in every run. */
export function jointMerger(merger: Merger, pieces: number): JointMerger {
  let open = pieces;
  let waiting: Waiting[] = [];
  function send(): void {
    if (waiting.length === 0 || waiting.length < open) return;
    const batch = waiting;
    waiting = [];
    merger.merge(batch.flatMap(({ pairs }) => pairs)).then(
      (merges) => {
        let at = 0;
        for (const { pairs, resolve } of batch) resolve(merges.slice(at, (at += pairs.length)));
      },
      (error: unknown) => batch.forEach(({ reject }) => reject(error)),
    );
  }
  return {
    merger: {
      merge: (pairs) =>
        new Promise((resolve, reject) => {
          waiting.push({ pairs, resolve, reject });
          send();
        }),
      close: () => Promise.resolve(),
    },
    ended: () => {
      open--;
      send();
    },
  };
}
