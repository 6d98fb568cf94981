/** Owns a telemetry folder that is open: events in, sufficient statistics out. One process at a time has it. */
import { join } from "node:path";

import type { IngestOutcome, TelemetryStats } from "../../model/telemetry.js";
import { takeLock } from "../../support/lock.js";
import type { ExposureCounts, ExposureSpan } from "./analysis/count-exposures.js";
import type { AnalysisRequest, TelemetryAnalysis } from "./analysis/request.js";
import { createCompactor } from "./compactor.js";
import { dayName } from "./files/new-file.js";
import { createSpaceGuard } from "./free-space.js";
import { createIngest } from "./ingest.js";
import { createJobQueue } from "./jobs/job-queue.js";
import { createSegmentWriter } from "./log/segment-writer.js";
import { DAY_MS } from "./log/time-window.js";
import { type TelemetryOptions, type TelemetrySettings, settingsOf } from "./options.js";
import { recoverFolder } from "./recover.js";

export interface Telemetry {
  /** Takes a batch: NDJSON as text, or parsed events. What is `accepted` is on the disk. */
  accept(batch: string | readonly unknown[]): Promise<IngestOutcome>;
  /** All that was accepted before is in Parquet then. Throws `disk`. */
  flush(): Promise<void>;
  /** Flushes, then analyses. Throws `disk`. */
  analyse(request: AnalysisRequest): Promise<TelemetryAnalysis>;
  /** Flushes, then counts the exposures of each span. Throws `disk`. */
  exposures(spans: readonly ExposureSpan[]): Promise<readonly ExposureCounts[]>;
  stats(): TelemetryStats;
  /** Takes nothing more, waits for what is under way, and lets the folder go. */
  close(): Promise<void>;
}

/** Opens a folder, or makes it. Throws `locked` while another process has it, `disk`, `state-invalid`. */
export async function openTelemetry(options: TelemetryOptions): Promise<Telemetry> {
  const settings = settingsOf(options);
  const { dir } = settings;
  const release = await takeLock(join(dir, "lock"), `telemetry in ${dir}`);
  const found = await recoverFolder(dir).catch(async (error: unknown) => {
    await release();
    throw error;
  });
  const writer = createSegmentWriter({ ...settings, first: found.next });
  const jobs = createJobQueue(settings);
  const space = createSpaceGuard(dir, settings.minFreeBytes);
  await space.ask();
  const store = { events: found.manifest.events, duplicates: found.manifest.duplicates, files: filesOf(found.manifest) };
  let takenBytes = 0;
  const logBytes = () => found.logBytes + writer.writtenBytes() - takenBytes;
  const nudge = () => compactor.nudge();
  const ingest = createIngest({ settings, writer, space, logBytes, nudge, clockBefore: found.manifest.clock });
  const compactor = createCompactor({
    writer,
    jobs,
    highest: ingest.highest,
    removeBefore: () => oldestDay(settings),
    took({ bytes, events, duplicates, files }) {
      takenBytes += bytes;
      Object.assign(store, { events, duplicates, files });
    },
  });
  const timer = settings.compactEveryMs === 0 ? undefined : setInterval(() => logBytes() > 0 && nudge(), settings.compactEveryMs);
  timer?.unref();
  return {
    accept: ingest.accept,
    flush: () => compactor.flush(),
    async analyse(request) {
      await compactor.flush();
      return jobs.analyse(request);
    },
    async exposures(spans) {
      await compactor.flush();
      return jobs.exposures(spans);
    },
    stats: () => ({
      ...ingest.counts(),
      ...store,
      commits: writer.commits(),
      pendingBytes: writer.pendingBytes(),
      logBytes: logBytes(),
      cutBytes: found.cutBytes,
      trouble: compactor.trouble(),
    }),
    async close() {
      ingest.stop();
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
