/** Owns the taking of batches: whether now, what of them, and what became of it. */
import type { BusyReason, IngestOutcome } from "../../model/telemetry.js";
import { monotonicMs } from "../../support/clock.js";
import { systemCodeOf } from "../../support/errors.js";
import type { SpaceGuard } from "./free-space.js";
import { encodeEvents, encodeText } from "./log/encode-lines.js";
import type { SegmentWriter } from "./log/segment-writer.js";
import { timeWindow } from "./log/time-window.js";
import type { TelemetrySettings } from "./options.js";

/** Seconds after which a sender should try again. */
const RETRY_AFTER: Readonly<Record<BusyReason, number>> = { queue: 1, behind: 10, "disk-full": 30, disk: 10, closing: 5 };
/** After a failed write the disk is left alone for so long. */
const PAUSE_MS = 1000;

export interface IngestParts {
  readonly settings: TelemetrySettings;
  readonly writer: SegmentWriter;
  readonly space: SpaceGuard;
  /** Bytes of the log that are not in Parquet. */
  readonly logBytes: () => number;
  /** The log should be compacted soon. */
  readonly nudge: () => void;
  /** The latest time that the server's clock had shown before. */
  readonly clockBefore: number;
}

export interface Ingest {
  accept(batch: string | readonly unknown[]): Promise<IngestOutcome>;
  /** The latest time that the server's clock has shown. */
  highest(): number;
  counts(): { readonly accepted: number; readonly rejected: number; readonly busy: number };
  /** Takes nothing more. */
  stop(): void;
}

export function createIngest({ settings, writer, space, logBytes, nudge, clockBefore }: IngestParts): Ingest {
  const counts = { accepted: 0, rejected: 0, busy: 0 };
  let highest = Math.max(clockBefore, settings.clock());
  let failure: { readonly reason: BusyReason; readonly at: number } | undefined;
  let isStopped = false;

  function obstacle(): BusyReason | undefined {
    if (isStopped) return "closing";
    if (writer.pendingBytes() >= settings.queueBytes) return "queue";
    if (logBytes() >= settings.mostLogBytes) return "behind";
    if (failure !== undefined && monotonicMs() - failure.at < PAUSE_MS) return failure.reason;
    return space.isShort() ? "disk-full" : undefined;
  }

  function busy(reason: BusyReason): IngestOutcome {
    counts.busy++;
    if (reason !== "closing") nudge();
    return { status: "busy", reason, retryAfterSeconds: RETRY_AFTER[reason] };
  }

  async function accept(batch: string | readonly unknown[]): Promise<IngestOutcome> {
    const hindrance = obstacle();
    if (hindrance !== undefined) return busy(hindrance);
    const now = settings.clock();
    highest = Math.max(highest, now);
    const window = timeWindow(now, highest, settings.limits);
    const { records, accepted, rejectedLines, rejected } =
      typeof batch === "string" ? encodeText(batch, window) : encodeEvents(batch, window);
    const trouble = accepted === 0 ? undefined : await writer.append(records, accepted).then(() => undefined, reasonOf);
    if (trouble !== undefined) {
      failure = { reason: trouble, at: monotonicMs() };
      return busy(trouble);
    }
    if (logBytes() >= settings.segmentBytes) nudge();
    counts.accepted += accepted;
    counts.rejected += rejectedLines;
    return { status: "accepted", accepted, rejectedLines, rejected };
  }

  return { accept, highest: () => highest, counts: () => counts, stop: () => void (isStopped = true) };
}

function reasonOf(error: unknown): BusyReason {
  const code = systemCodeOf(error);
  return code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG" ? "disk-full" : "disk";
}
