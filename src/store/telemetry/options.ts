/** Owns the settings of a telemetry folder. */
import { wallClockMs } from "../../support/clock.js";
import { type TimeLimits, USUAL_LIMITS } from "./log/time-window.js";

export interface TelemetryOptions {
  readonly dir: string;
  /** Segments of the log end at this size; a larger one is compacted in one go. */
  readonly segmentBytes?: number;
  /** One commit at most. */
  readonly commitBytes?: number;
  /** What may wait for the disk; beyond, senders are told to wait. */
  readonly queueBytes?: number;
  /** What may wait for compaction. */
  readonly mostLogBytes?: number;
  /** What must stay free, so that compaction can make room. */
  readonly minFreeBytes?: number;
  /** The log is compacted so often; 0: only when asked. */
  readonly compactEveryMs?: number;
  /** Events are removed so many days after their own day, device-days never; at least as long as late ones are taken. 0: kept. */
  readonly keepEventDays?: number;
  /** For DuckDB, in the thread, while it compacts and while it analyses. */
  readonly memoryMiB?: number;
  readonly analysisMemoryMiB?: number;
  readonly threads?: number;
  readonly limits?: TimeLimits;
  /** ms since 1970. */
  readonly clock?: () => number;
}

export type TelemetrySettings = Required<TelemetryOptions>;

const MIB = 2 ** 20;

export function settingsOf(options: TelemetryOptions): TelemetrySettings {
  return {
    segmentBytes: 32 * MIB,
    commitBytes: 8 * MIB,
    queueBytes: 64 * MIB,
    mostLogBytes: 4096 * MIB,
    minFreeBytes: 256 * MIB,
    compactEveryMs: 30_000,
    keepEventDays: 0,
    memoryMiB: 256,
    analysisMemoryMiB: 1024,
    threads: 1,
    limits: USUAL_LIMITS,
    clock: wallClockMs,
    ...options,
  };
}
