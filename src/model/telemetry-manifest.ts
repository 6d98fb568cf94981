/** Owns the list of files that a telemetry folder consists of: `manifest.json`. */
import { z } from "zod";

const count = z.number().int().min(0);

/** A Parquet file, by its path below the folder. */
export const telemetryFileSchema = z.strictObject({
  file: z.string().regex(/^(?:events|days)\/\d{4}-\d\d-\d\d\/\d{12}\.parquet$/),
  /** The events' own day, UTC. */
  day: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  rows: count,
  bytes: count,
  /** Of the events in it, ms since 1970. */
  minTime: z.number().int(),
  maxTime: z.number().int(),
});
export type TelemetryFile = Readonly<z.infer<typeof telemetryFileSchema>>;

/** What is not listed here is not there: files of a step that was cut short are removed when the folder is opened. */
export const telemetryManifestSchema = z.strictObject({
  format: z.literal(1),
  /** Rises with every change. */
  version: count,
  /** Segments of the log up to this number are in the Parquet files. */
  consumed: count,
  /** The next file's number. */
  nextFile: count,
  /** Events in all files, and repeated ones that were left out. */
  events: count,
  duplicates: count,
  /** The latest time that the server's clock has shown, ms since 1970. */
  clock: count,
  /** Events, each id once. */
  eventFiles: z.array(telemetryFileSchema),
  /** Sums by device and day. */
  dayFiles: z.array(telemetryFileSchema),
});
export type TelemetryManifest = Readonly<z.infer<typeof telemetryManifestSchema>>;

export const EMPTY_MANIFEST: TelemetryManifest = {
  format: 1,
  version: 0,
  consumed: 0,
  nextFile: 1,
  events: 0,
  duplicates: 0,
  clock: 0,
  eventFiles: [],
  dayFiles: [],
};
