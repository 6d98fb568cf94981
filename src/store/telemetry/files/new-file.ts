/** Owns the making of one Parquet file of a day. */
import { rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

import type { TelemetryFile } from "../../../model/telemetry-manifest.js";
import { makeFolder } from "../../../support/fs.js";
import type { Duck } from "./duck.js";
import { syncFile } from "./manifest.js";
import { copyTo } from "./sql-text.js";

export interface NewFile {
  readonly room: "events" | "days";
  readonly day: string;
  readonly number: number;
  readonly select: string;
  readonly rows: number;
  readonly minTime: number;
  readonly maxTime: number;
}

/** Writes and syncs it; it counts from the moment that a manifest lists it. Throws `disk`, leaving nothing. */
export async function writeDayFile(duck: Duck, dir: string, wanted: NewFile): Promise<TelemetryFile> {
  const { room, day, number, select, rows, minTime, maxTime } = wanted;
  const file = `${room}/${day}/${String(number).padStart(12, "0")}.parquet`;
  const path = join(dir, file);
  try {
    await makeFolder(dirname(path));
    await duck.run(copyTo(select, path));
    await syncFile(dir, file);
    return { file, day, rows, bytes: (await stat(path)).size, minTime, maxTime };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/** Days since 1970 as a date, UTC. */
export function dayName(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
