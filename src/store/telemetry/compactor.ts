/** Owns when the log is compacted: now and then, when much has come, and when asked. */
import { monotonicMs } from "../../support/clock.js";
import { messageOf } from "../../support/errors.js";
import type { CompactResult } from "./files/compact.js";
import type { JobQueue } from "./jobs/job-queue.js";
import type { SegmentWriter } from "./log/segment-writer.js";

const BATCH_BYTES = 32 * 2 ** 20;
/** After a failure (a full disk, say) it is left alone for so long. */
const PAUSE_MS = 1000;

export interface Compactor {
  /** Everything that was accepted before is in Parquet; rejects when it cannot be. */
  flush(): Promise<void>;
  /** Starts a round unless one is under way; failures are kept in `trouble`. */
  nudge(): void;
  trouble(): string | undefined;
}

export interface CompactorParts {
  readonly writer: SegmentWriter;
  readonly jobs: JobQueue;
  /** The latest time that the server's clock has shown, ms since 1970. */
  readonly highest: () => number;
  /** Events of days before this one are removed; undefined: none. */
  readonly removeBefore: () => string | undefined;
  readonly took: (result: CompactResult) => void;
}

export function createCompactor({ writer, jobs, highest, removeBefore, took }: CompactorParts): Compactor {
  let trouble: string | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;
  let round: Promise<void> | undefined;

  async function compactAll(): Promise<void> {
    const upTo = await writer.seal();
    for (;;) {
      const result = await jobs.compact({ upTo, clock: highest(), batchBytes: BATCH_BYTES });
      if (result === undefined) break;
      took(result);
    }
  }

  /** What makes questions cheaper, and changes no answer: a failure is told, and hinders nothing. */
  async function tidy(): Promise<void> {
    while (await jobs.merge());
    const before = removeBefore();
    if (before !== undefined) await jobs.remove(before);
  }

  function failed(error: unknown): void {
    trouble = messageOf(error);
    failedAt = monotonicMs();
  }

  async function compactAndTidy(): Promise<void> {
    try {
      await compactAll();
      trouble = undefined;
    } catch (error) {
      failed(error);
      throw error;
    }
    await tidy().catch(failed);
  }

  function begin(): Promise<void> {
    round = compactAndTidy().finally(() => (round = undefined));
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
      if (round === undefined && monotonicMs() - failedAt >= PAUSE_MS) void begin().catch(() => undefined);
    },
    trouble: () => trouble,
  };
}
