/** Owns when the log is compacted: now and then, when much has come, and when asked. */
import { messageOf } from "../../support/errors.js";
import type { CompactResult } from "./files/compact.js";
import type { JobQueue } from "./jobs/job-queue.js";
import type { SegmentWriter } from "./log/segment-writer.js";

const BATCH_BYTES = 32 * 2 ** 20;

export interface Compactor {
  /** Everything that was accepted before is in Parquet; rejects when it cannot be. */
  flush(): Promise<void>;
  /** Starts a round unless one is under way; failures are kept in `trouble`. */
  nudge(): void;
  trouble(): string | undefined;
}

export function createCompactor(
  writer: SegmentWriter,
  jobs: JobQueue,
  clock: () => number,
  took: (result: CompactResult) => void,
): Compactor {
  let trouble: string | undefined;
  let round: Promise<void> | undefined;

  async function compactAll(): Promise<void> {
    const upTo = await writer.seal();
    for (;;) {
      const result = await jobs.compact({ upTo, clock: clock(), batchBytes: BATCH_BYTES });
      if (result === undefined) break;
      took(result);
    }
    while (await jobs.merge());
  }

  function begin(): Promise<void> {
    const started = compactAll().then(
      () => void (trouble = undefined),
      (error: unknown) => {
        trouble = messageOf(error);
        throw error;
      },
    );
    round = started.finally(() => (round = undefined));
    round.catch(() => undefined);
    return round;
  }

  return {
    async flush() {
      // The round under way may have begun before the last batch.
      await round?.catch(() => undefined);
      await begin();
    },
    nudge() {
      if (round === undefined) void begin().catch(() => undefined);
    },
    trouble: () => trouble,
  };
}
