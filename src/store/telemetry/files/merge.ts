/** Owns the merging of a day's small files into larger ones, so that a question opens few files, and each event is written few times. */
import { rm } from "node:fs/promises";
import { join } from "node:path";

import type { TelemetryFile, TelemetryManifest } from "../../../model/telemetry-manifest.js";
import type { Duck } from "./duck.js";
import { readManifest, writeManifest } from "./manifest.js";
import { mergeDays } from "./merge-days.js";
import { writeDayFile } from "./new-file.js";
import { parquet } from "./sql-text.js";

/** So many files of one size become one of the next size, which is as many times as large. */
const FILES_PER_TIER = 8;
const FIRST_TIER_ROWS = 20_000;
/** Larger files stay as they are. */
const MOST_ROWS = 64_000_000;

type Room = "events" | "days";

/** Merges one group of files; false when there is none to merge. Throws `disk` with everything as it was. */
export async function mergeNext(duck: Duck, dir: string): Promise<boolean> {
  const manifest = await readManifest(dir);
  for (const room of ["days", "events"] as const) {
    const group = groupToMerge(room === "events" ? manifest.eventFiles : manifest.dayFiles);
    if (group === undefined) continue;
    await merge(duck, dir, manifest, room, group);
    return true;
  }
  return false;
}

function groupToMerge(files: readonly TelemetryFile[]): readonly TelemetryFile[] | undefined {
  const groups = new Map<string, TelemetryFile[]>();
  for (const file of files) {
    if (file.rows > MOST_ROWS) continue;
    const tier = Math.max(0, Math.ceil(Math.log(file.rows / FIRST_TIER_ROWS) / Math.log(FILES_PER_TIER)));
    const key = `${file.day} ${tier}`;
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups.values()].find((group) => group.length >= FILES_PER_TIER);
}

async function merge(duck: Duck, dir: string, manifest: TelemetryManifest, room: Room, group: readonly TelemetryFile[]): Promise<void> {
  const ordered = group.toSorted((a, b) => a.minTime - b.minTime);
  const source = parquet(ordered.map(({ file }) => join(dir, file)));
  const { done, ...contents } = await contentsOf(duck, dir, room, source, ordered);
  const file = await writeDayFile(duck, dir, {
    room,
    day: ordered[0]?.day ?? "",
    number: manifest.nextFile,
    ...contents,
    minTime: Math.min(...ordered.map(({ minTime }) => minTime)),
    maxTime: Math.max(...ordered.map(({ maxTime }) => maxTime)),
  });
  await done();
  const gone = new Set(group.map(({ file: path }) => path));
  const without = (files: readonly TelemetryFile[]) => files.filter(({ file: path }) => !gone.has(path));
  await writeManifest(dir, {
    ...manifest,
    version: manifest.version + 1,
    nextFile: manifest.nextFile + 1,
    eventFiles: [...without(manifest.eventFiles), ...(room === "events" ? [file] : [])],
    dayFiles: [...without(manifest.dayFiles), ...(room === "days" ? [file] : [])],
  });
  for (const path of gone) await rm(join(dir, path), { force: true });
}

/** Events are laid one behind the other, a stream; device-days are summed. */
async function contentsOf(duck: Duck, dir: string, room: Room, source: string, group: readonly TelemetryFile[]) {
  if (room === "days") return mergeDays(duck, dir, source);
  return { select: `SELECT * FROM ${source}`, rows: group.reduce((sum, { rows }) => sum + rows, 0), done: async () => undefined };
}
