/** Owns the step from ended segments to Parquet: each id once, in files by the events' own day. */
import { join } from "node:path";

import type { TelemetryFile, TelemetryManifest } from "../../../model/telemetry-manifest.js";
import { UnforkError } from "../../../support/errors.js";
import { listSegments, recoverSegment, removeSegment, segmentPath } from "../log/segments.js";
import { EVENT_COLUMNS } from "../columns.js";
import { DEVICE_DAYS_SQL } from "../sql/device-days.js";
import type { Duck } from "./duck.js";
import { readManifest, writeManifest } from "./manifest.js";
import { dayName, writeDayFile } from "./new-file.js";
import { parquet, segments } from "./sql-text.js";

export interface CompactOptions {
  readonly dir: string;
  /** Segments up to this number are ended. */
  readonly upTo: number;
  /** The latest time that the server's clock has shown. */
  readonly clock: number;
  /** At most so many bytes of segments at a time, but one segment at least. */
  readonly batchBytes: number;
  /** Told before each step that a kill may cut short; for tests. */
  readonly before?: (step: CompactStep) => void;
}

export type CompactStep = "events" | "days" | "manifest" | "remove";

/** What a compaction took out of the log. */
export interface CompactResult {
  readonly segments: number;
  readonly bytes: number;
  readonly cut: number;
  /** Of the store as a whole. */
  readonly events: number;
  readonly duplicates: number;
  readonly files: number;
}

/** Takes in the next ended segments; undefined when there are none. Throws `disk` with everything as it was, `state-invalid` for a damaged segment. */
export async function compactNext(duck: Duck, options: CompactOptions): Promise<CompactResult | undefined> {
  const { dir, before } = options;
  const manifest = await readManifest(dir);
  const taken = await takeSegments(options, manifest.consumed);
  const last = taken.numbers.at(-1);
  if (last === undefined) return undefined;
  await loadFresh(duck, dir, manifest, taken);
  before?.("events");
  const eventFiles = await writeFiles(
    duck,
    dir,
    { room: "events", from: "fresh", times: ["time", "time"], order: "time" },
    manifest.nextFile,
  );
  before?.("days");
  await duck.run("CREATE OR REPLACE TEMP VIEW unfork_events AS SELECT * FROM fresh");
  await duck.run(`CREATE TEMP TABLE rolled AS ${DEVICE_DAYS_SQL}`);
  const rolled = { room: "days", from: "rolled", times: ["first_time", "last_time"], order: "experiment, metric, arm, unit" } as const;
  const dayFiles = await writeFiles(duck, dir, rolled, manifest.nextFile + eventFiles.length);
  before?.("manifest");
  const next = nextManifest(manifest, { taken, last, clock: options.clock, eventFiles, dayFiles });
  await writeManifest(dir, next);
  before?.("remove");
  for (const number of taken.numbers) await removeSegment(dir, number);
  await duck.run("DROP TABLE fresh; DROP TABLE rolled");
  const { events, duplicates } = next;
  const files = next.eventFiles.length + next.dayFiles.length;
  return { segments: taken.numbers.length, bytes: taken.bytes, cut: taken.cut, events, duplicates, files };
}

interface Compacted {
  readonly taken: TakenSegments;
  readonly last: number;
  readonly clock: number;
  readonly eventFiles: readonly TelemetryFile[];
  readonly dayFiles: readonly TelemetryFile[];
}

function nextManifest(manifest: TelemetryManifest, { taken, last, clock, eventFiles, dayFiles }: Compacted): TelemetryManifest {
  const fresh = eventFiles.reduce((sum, { rows }) => sum + rows, 0);
  return {
    ...manifest,
    version: manifest.version + 1,
    consumed: last,
    nextFile: manifest.nextFile + eventFiles.length + dayFiles.length,
    events: manifest.events + fresh,
    duplicates: manifest.duplicates + taken.records - fresh,
    clock: Math.max(manifest.clock, clock),
    eventFiles: [...manifest.eventFiles, ...eventFiles],
    dayFiles: [...manifest.dayFiles, ...dayFiles],
  };
}

interface TakenSegments {
  readonly numbers: readonly number[];
  readonly records: number;
  readonly bytes: number;
  readonly cut: number;
}

/** The next ended segments, each read and checked. */
async function takeSegments({ dir, upTo, batchBytes }: CompactOptions, consumed: number): Promise<TakenSegments> {
  const numbers: number[] = [];
  let bytes = 0;
  let records = 0;
  let cut = 0;
  for (const number of await listSegments(dir)) {
    if (number <= consumed) await removeSegment(dir, number);
    if (number <= consumed || number > upTo || bytes >= batchBytes) continue;
    const segment = await recoverSegment(dir, number);
    numbers.push(number);
    bytes += segment.bytes;
    records += segment.records;
    cut += segment.cut;
  }
  return { numbers, records, bytes, cut };
}

/** Fills `fresh` with what is not in the store yet. */
async function loadFresh(duck: Duck, dir: string, manifest: TelemetryManifest, { numbers, records }: TakenSegments): Promise<void> {
  await duck.run("DROP TABLE IF EXISTS fresh; DROP TABLE IF EXISTS rolled");
  const paths = numbers.map((number) => segmentPath(dir, number));
  if (records === 0) return void (await duck.run(NOTHING_FRESH));
  await duck.run(`CREATE TEMP TABLE fresh AS SELECT *, CAST((time - time % 86400000) / 86400000 AS bigint) AS day FROM ${segments(paths)}`);
  const [loaded] = await duck.query("SELECT count(*) AS rows FROM fresh");
  if (loaded?.["rows"] !== records) {
    throw new UnforkError("state-invalid", `the log tells of ${records} records, and ${String(loaded?.["rows"])} were read`, {
      context: { first: numbers[0] ?? 0, last: numbers.at(-1) ?? 0 },
    });
  }
  await duck.run(DROP_REPEATED);
  for (const { day } of await duck.query("SELECT DISTINCT day FROM fresh ORDER BY day")) {
    await dropKnown(duck, dir, manifest.eventFiles, Number(day));
  }
}

const NOTHING_FRESH = `CREATE TEMP TABLE fresh (${[...EVENT_COLUMNS, { name: "day", type: "bigint" }].map(({ name, type }) => `${name} ${type}`).join(", ")})`;

/** Of an id that came more than once, one record stays. */
const DROP_REPEATED = `
DELETE FROM fresh WHERE rowid IN (
  SELECT row FROM (
    SELECT rowid AS row, row_number() OVER (PARTITION BY id ORDER BY rowid) AS place
    FROM fresh WHERE id IN (SELECT id FROM fresh GROUP BY id HAVING count(*) > 1)
  ) WHERE place > 1
)`;

/** Takes out of `fresh` what this day's files have: the same id at the same time. The files are streamed past the few new rows. */
async function dropKnown(duck: Duck, dir: string, files: readonly TelemetryFile[], day: number): Promise<void> {
  const [range] = await duck.query(`SELECT min(time) AS low, max(time) AS high FROM fresh WHERE day = ${day}`);
  const low = Number(range?.["low"]);
  const high = Number(range?.["high"]);
  const near = files.filter((file) => file.day === dayName(day) && file.minTime <= high && file.maxTime >= low);
  if (near.length === 0) return;
  const stored = `SELECT id, time FROM ${parquet(near.map(({ file }) => join(dir, file)))} WHERE time BETWEEN ${low} AND ${high}`;
  await duck.run(
    `DELETE FROM fresh WHERE day = ${day} AND id IN
       (SELECT f.id FROM (${stored}) e JOIN fresh f ON f.id = e.id AND f.time = e.time WHERE f.day = ${day})`,
  );
}

interface FilesFrom {
  readonly room: "events" | "days";
  readonly from: string;
  /** Columns of a row's earliest and latest time. */
  readonly times: readonly [string, string];
  readonly order: string;
}

/** One file per day of a table's rows. */
async function writeFiles(duck: Duck, dir: string, { room, from, times, order }: FilesFrom, firstNumber: number): Promise<TelemetryFile[]> {
  const days = await duck.query(
    `SELECT day, count(*) AS rows, min(${times[0]}) AS low, max(${times[1]}) AS high FROM ${from} GROUP BY day ORDER BY day`,
  );
  const files: TelemetryFile[] = [];
  for (const { day, rows, low, high } of days) {
    const columns = room === "events" ? "* EXCLUDE (day)" : "*";
    files.push(
      await writeDayFile(duck, dir, {
        room,
        day: dayName(Number(day)),
        number: firstNumber + files.length,
        select: `SELECT ${columns} FROM ${from} WHERE day = ${Number(day)} ORDER BY ${order}`,
        rows: Number(rows),
        minTime: Number(low),
        maxTime: Number(high),
      }),
    );
  }
  return files;
}
