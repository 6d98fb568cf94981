/** Owns a telemetry folder that is open: events in, sufficient statistics out. One process at a time has it. */
import { join } from "node:path";

import type { BusyReason, IngestOutcome, TelemetryStats } from "../../model/telemetry.js";
import { monotonicMs } from "../../support/clock.js";
import { systemCodeOf } from "../../support/errors.js";
import { takeLock } from "../../support/lock.js";
import type { AnalysisRequest, TelemetryAnalysis } from "./analysis/request.js";
import { createCompactor } from "./compactor.js";
import { dayName } from "./files/new-file.js";
import { createSpaceGuard } from "./free-space.js";
import { createJobQueue } from "./jobs/job-queue.js";
import { encodeEvents, encodeText } from "./log/encode-lines.js";
import { createSegmentWriter } from "./log/segment-writer.js";
import { DAY_MS, timeWindow } from "./log/time-window.js";
import { type TelemetryOptions, type TelemetrySettings, settingsOf } from "./options.js";
import { recoverFolder } from "./recover.js";

export interface Telemetry {
  /** Takes a batch: NDJSON as text, or parsed events. What is `accepted` is on the disk. */
  accept(batch: string | readonly unknown[]): Promise<IngestOutcome>;
  /** All that was accepted before is in Parquet then. Throws `disk`. */
  flush(): Promise<void>;
  /** Flushes, then analyses. Throws `disk`. */
  analyse(request: AnalysisRequest): Promise<TelemetryAnalysis>;
  stats(): TelemetryStats;
  /** Takes nothing more, waits for what is under way, and lets the folder go. */
  close(): Promise<void>;
}

/** Seconds after which a sender should try again. */
const RETRY_AFTER: Readonly<Record<BusyReason, number>> = { queue: 1, behind: 10, "disk-full": 30, disk: 10, closing: 5 };
/** After a failed write the disk is left alone for so long. */
const PAUSE_MS = 1000;

/** Opens a folder, or makes it. Throws `locked` while another process has it, `disk`, `state-invalid`. */
export async function openTelemetry(options: TelemetryOptions): Promise<Telemetry> {
  const settings = settingsOf(options);
  const { dir, clock } = settings;
  const release = await takeLock(join(dir, "lock"), `telemetry in ${dir}`);
  const found = await recoverFolder(dir).catch(async (error: unknown) => {
    await release();
    throw error;
  });
  const writer = createSegmentWriter({ ...settings, first: found.next });
  const jobs = createJobQueue({ dir, memoryMiB: settings.memoryMiB, threads: settings.threads });
  const space = createSpaceGuard(dir, settings.minFreeBytes);
  await space.ask();
  const counts = { accepted: 0, rejected: 0, busy: 0, taken: 0 };
  const store = { events: found.manifest.events, duplicates: found.manifest.duplicates, files: filesOf(found.manifest) };
  let highest = Math.max(found.manifest.clock, clock());
  let failure: { readonly reason: BusyReason; readonly at: number } | undefined;
  let isClosing = false;

  const compactor = createCompactor({
    writer,
    jobs,
    highest: () => highest,
    removeBefore: () => oldestDay(settings),
    took({ bytes, events, duplicates, files }) {
      counts.taken += bytes;
      Object.assign(store, { events, duplicates, files });
    },
  });
  const timer = settings.compactEveryMs === 0 ? undefined : setInterval(() => logBytes() > 0 && compactor.nudge(), settings.compactEveryMs);
  timer?.unref();

  function logBytes(): number {
    return found.logBytes + writer.writtenBytes() - counts.taken;
  }

  function busy(reason: BusyReason): IngestOutcome {
    counts.busy++;
    return { status: "busy", reason, retryAfterSeconds: RETRY_AFTER[reason] };
  }

  function obstacle(): BusyReason | undefined {
    if (isClosing) return "closing";
    if (writer.pendingBytes() >= settings.queueBytes) return "queue";
    if (logBytes() >= settings.mostLogBytes) return "behind";
    if (failure !== undefined && monotonicMs() - failure.at < PAUSE_MS) return failure.reason;
    return space.isShort() ? "disk-full" : undefined;
  }

  async function accept(batch: string | readonly unknown[]): Promise<IngestOutcome> {
    const hindrance = obstacle();
    if (hindrance !== undefined) {
      if (hindrance !== "closing") compactor.nudge();
      return busy(hindrance);
    }
    const now = clock();
    highest = Math.max(highest, now);
    const window = timeWindow(now, highest, settings.limits);
    const { records, accepted, rejectedLines, rejected } =
      typeof batch === "string" ? encodeText(batch, window) : encodeEvents(batch, window);
    if (accepted > 0) {
      const reason = await writer.append(records, accepted).then(() => undefined, reasonOf);
      if (reason !== undefined) return busy(reason);
      if (logBytes() >= settings.segmentBytes) compactor.nudge();
    }
    counts.accepted += accepted;
    counts.rejected += rejectedLines;
    return { status: "accepted", accepted, rejectedLines, rejected };
  }

  function reasonOf(error: unknown): BusyReason {
    const code = systemCodeOf(error);
    const reason = code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG" ? "disk-full" : "disk";
    failure = { reason, at: monotonicMs() };
    return reason;
  }

  return {
    accept,
    flush: () => compactor.flush(),
    async analyse(request) {
      await compactor.flush();
      return jobs.analyse(request);
    },
    stats: () => ({
      accepted: counts.accepted,
      rejected: counts.rejected,
      busy: counts.busy,
      commits: writer.commits(),
      pendingBytes: writer.pendingBytes(),
      logBytes: logBytes(),
      cutBytes: found.cutBytes,
      trouble: compactor.trouble(),
      ...store,
    }),
    async close() {
      isClosing = true;
      clearInterval(timer);
      await writer.seal();
      await jobs.close();
      await release();
    },
  };
}

/** A day before which no event is taken any more, so that none of its ids can come again. */
function oldestDay({ keepEventDays, limits, clock }: TelemetrySettings): string | undefined {
  if (keepEventDays === 0) return undefined;
  return dayName(Math.floor(clock() / DAY_MS) - Math.max(keepEventDays, limits.lateDays + 1));
}

function filesOf(manifest: { readonly eventFiles: readonly unknown[]; readonly dayFiles: readonly unknown[] }): number {
  return manifest.eventFiles.length + manifest.dayFiles.length;
}
