/** Holds the analysis against loops over the events, and its one SQL text on DuckDB, PGlite and PostgreSQL. */
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type Analysis, type ArmStatistics, analysisSchema } from "../../../src/model/arm-statistics.js";
import type { TelemetryEvent } from "../../../src/model/telemetry.js";
import { analyse } from "../../../src/store/telemetry/analysis/analyse-folder.js";
import { analyseOver } from "../../../src/store/telemetry/analysis/analyse-over.js";
import type { AnalysisRequest, TelemetryAnalysis } from "../../../src/store/telemetry/analysis/request.js";
import type { Row } from "../../../src/store/telemetry/files/duck.js";
import { encodeEvents } from "../../../src/store/telemetry/log/encode-lines.js";
import { EVENT_COLUMNS } from "../../../src/store/telemetry/columns.js";
import { metricsSql } from "../../../src/store/telemetry/sql/metric-list.js";
import { openTelemetry } from "../../../src/store/telemetry/open-telemetry.js";
import { deviceDaysViewSql, eventsTableSql, warehouseStatements } from "../../../src/store/telemetry/warehouse.js";
import { type PostgresCluster, postgresMissing, startPostgres } from "../../helpers/postgres-cluster.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { bruteStatistics } from "./brute-force.js";
import { EXPERIMENT, NOON, fleet } from "./sample-events.js";

const METRICS = [
  { name: "join-ms", kind: "mean", cuped: true, winsorize: 0.9 },
  { name: "freezes", kind: "ratio", cuped: true },
  { name: "call-failed", kind: "proportion" },
  { name: "crash", kind: "rare" },
] as const;
const MORE = [
  { name: "join-ms", kind: "quantile" },
  { name: "freezes", kind: "count", winsorize: 0.95, cuped: true },
] as const;

const request: AnalysisRequest = {
  now: NOON,
  experiments: [
    { id: EXPERIMENT, metrics: METRICS },
    { id: "other-m150", metrics: MORE },
    { id: "no-data", metrics: [{ name: "join-ms", kind: "mean" }] },
  ],
};

const events = [...fleet({ units: 300, seed: 11 }), ...fleet({ units: 200, seed: 12, experiment: "other-m150" })];
let byDuck: TelemetryAnalysis;
let dir: string;

beforeAll(async () => {
  dir = temporaryFolder();
  const telemetry = await openTelemetry({ dir, clock: () => NOON, compactEveryMs: 0 });
  for (let start = 0; start < events.length; start += 2000) {
    await telemetry.accept(events.slice(start, start + 2500));
    await telemetry.flush();
  }
  byDuck = await telemetry.analyse(request);
  await telemetry.close();
});

describe("an analysis", () => {
  it("equals loops over the events, for every kind of metric, winsorised and with a covariate", () => {
    for (const [index, metrics] of [METRICS, MORE].entries()) {
      const experiment = request.experiments[index]?.id ?? "";
      const expected = bruteStatistics(
        events.filter((one) => one.experiment === experiment),
        metrics,
      );
      const found = new Map(
        byDuck.analyses[index]?.statistics.map((row) => [`${row.phase} ${row.arm} ${row.pair ?? ""} ${row.metric}`, sumsOf(row)]),
      );
      expect([...found.keys()].toSorted()).toEqual([...expected.keys()].toSorted());
      for (const [key, row] of expected) expect([key, rounded(found.get(key))]).toEqual([key, rounded(row)]);
    }
  });

  it("is a document of its schema, one per experiment that was asked for", () => {
    expect(byDuck.analyses.map(({ experiment }) => experiment)).toEqual([EXPERIMENT, "other-m150", "no-data"]);
    for (const one of byDuck.analyses) expect(analysisSchema.safeParse(one).error).toBeUndefined();
    expect(byDuck.analyses[2]).toMatchObject({ statistics: [], exposures: [] });
  });

  it("counts units by their first exposure: those that fell silent, those of the last day, those in both arms", () => {
    const own = events.filter(({ experiment }) => experiment === EXPERIMENT);
    const exposures = byDuck.analyses[0]?.exposures ?? [];
    const units = new Set(own.filter(({ type }) => type === "exposure").map(({ unit }) => unit));
    expect(sum(exposures.map((one) => one.units))).toBe(units.size);
    const heard = new Set(
      own.filter((one) => one.type !== "exposure" && (one.type !== "metric" || one.period === undefined)).map(({ unit }) => unit),
    );
    const silent = [...units].filter((unit) => !heard.has(unit));
    expect(silent.length).toBeGreaterThan(10);
    expect(sum(exposures.map((one) => one.silent))).toBe(silent.filter((unit) => firstOf(own, unit) <= NOON - 86_400_000).length);
    expect(sum(exposures.map((one) => one.unitsLastDay ?? 0))).toBe(
      [...units].filter((unit) => firstOf(own, unit) > NOON - 86_400_000).length,
    );
    expect(byDuck.switched.filter(({ experiment }) => experiment === EXPERIMENT).map(({ arm, units: many }) => [arm, many])).toEqual([
      ["control", 1],
    ]);
    expect(sum(byDuck.exposureDays.filter(({ experiment }) => experiment === EXPERIMENT).map((one) => one.units))).toBe(units.size);
  });

  it("gives quantile metrics their values in order", () => {
    for (const row of byDuck.analyses[1]?.statistics.filter(({ metric }) => metric === "join-ms") ?? []) {
      const bins = row.histogram ?? [];
      expect(sum(bins.map(([, , units]) => units))).toBe(row.units);
      expect(bins.every(([from, to], index) => from <= to && from >= (bins[index - 1]?.[1] ?? from))).toBe(true);
    }
  });

  it("gives the same beside a server's folder that is left alone", async () => {
    expect(comparable(await analyse(dir, request))).toEqual(comparable(byDuck));
    await expect(analyse(`${dir}/none`, request)).rejects.toMatchObject({ code: "input-missing" });
  });

  it("can be made beside a server that takes events in, compacts and merges", async () => {
    const busy = temporaryFolder();
    const telemetry = await openTelemetry({ dir: busy, clock: () => NOON, compactEveryMs: 0, minFreeBytes: 0 });
    const state = { isDone: false };
    const writing = (async () => {
      for (let start = 0; start < 1200; start += 100) {
        await telemetry.accept(events.slice(start, start + 100));
        await telemetry.flush();
      }
    })().finally(() => (state.isDone = true));
    const seen: number[] = [];
    while (!state.isDone) seen.push(sum((await analyse(busy, request, { threads: 1 })).exposureDays.map((one) => one.units)));
    await writing;
    const merged = await telemetry.analyse(request);
    await telemetry.close();
    expect(comparable(merged)).toEqual(comparable(await analyseAtOnce(events.slice(0, 1200))));
    expect(seen.length).toBeGreaterThan(1);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  it("gives the same from a team's own tables on PGlite", async () => {
    const database = await PGlite.create();
    const query = async (sql: string) => (await database.query<Row>(sql)).rows;
    await load(query, events);
    expect(comparable(await analyseOver(query, request))).toEqual(comparable(byDuck));
    await database.close();
  });
});

describe.skipIf(postgresMissing() !== undefined)("an analysis on PostgreSQL", () => {
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await startPostgres();
  });
  afterAll(() => cluster.stop());

  it("gives the same from a team's own tables", async () => {
    const { query, end } = await connect(await cluster.createDatabase("tables"));
    await load(query, events);
    expect(comparable(await analyseOver(query, request))).toEqual(comparable(byDuck));
    await end();
  });

  it("gives the same documents from the views of docs/experiments/telemetry.sql", async () => {
    const { query, end } = await connect(await cluster.createDatabase("views"));
    for (const [, sql] of warehouseStatements()) await query(sql);
    await insert(query, events);
    await query(`INSERT INTO unfork_metrics ${metricsSql(request.experiments)}`);
    const rows = await query("SELECT document FROM unfork_analysis ORDER BY experiment");
    const documents = rows.map(({ document }) => analysisSchema.parse(document));
    expect(sumsIn(documents)).toEqual(sumsIn(byDuck.analyses.slice(0, 2)));
    expect(binsIn(documents)).toEqual(binsIn(byDuck.analyses));
    await end();
  });
});

function sumsOf(row: ArmStatistics): Record<string, number> {
  return Object.fromEntries(
    Object.entries(row).flatMap(([key, value]) => (typeof value === "number" && key !== "phase" ? [[key, value]] : [])),
  );
}

async function analyseAtOnce(all: readonly TelemetryEvent[]): Promise<TelemetryAnalysis> {
  const telemetry = await openTelemetry({ dir: temporaryFolder(), clock: () => NOON, compactEveryMs: 0, minFreeBytes: 0 });
  await telemetry.accept(all);
  return telemetry.analyse(request).finally(() => telemetry.close());
}

async function connect(url: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return { query: async (sql: string) => (await client.query<Row>(sql)).rows, end: () => client.end() };
}

function sumsIn(all: readonly Analysis[]): unknown {
  return comparable(all.map(({ experiment, statistics }) => ({ experiment, sums: statistics.map(withoutBins) })));
}

function binsIn(all: readonly Analysis[]): unknown {
  return comparable(all.flatMap(({ statistics }) => statistics.map(({ histogram }) => histogram ?? [])));
}

function withoutBins({ histogram: _histogram, ...rest }: ArmStatistics): unknown {
  return Object.fromEntries(Object.entries(rest).toSorted());
}

async function load(query: (sql: string) => Promise<unknown>, all: readonly TelemetryEvent[]): Promise<void> {
  await query(eventsTableSql());
  await query(deviceDaysViewSql());
  await insert(query, all);
}

/** Many events are sent twice. */
async function insert(query: (sql: string) => Promise<unknown>, all: readonly TelemetryEvent[]): Promise<void> {
  for (let start = 0; start < all.length; start += 1000) {
    const batch = all.slice(start, start + 1500);
    const { records } = encodeEvents(batch, { earliest: 0, latest: NOON * 2 });
    const rows = records
      .slice(0, -1)
      .split("\n")
      .map(
        (line) =>
          `(${line
            .split("\t")
            .map((value, index) => asLiteral(value, EVENT_COLUMNS[index]?.absent))
            .join(", ")})`,
      );
    await query(`INSERT INTO unfork_events VALUES ${rows.join(", ")} ON CONFLICT (id) DO NOTHING`);
  }
}

function asLiteral(value: string, absent: string | undefined): string {
  return value === "" && absent === "null" ? "NULL" : `'${value}'`;
}

/** All numbers to 12 digits. */
function comparable(analysis: unknown): unknown {
  return JSON.parse(
    JSON.stringify(analysis, (_key, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(12)) : value)),
  );
}

function rounded(row: Readonly<Record<string, number>> | undefined): unknown {
  return Object.fromEntries(
    Object.entries(row ?? {})
      .map(([key, value]) => [key, Number(value.toPrecision(11))])
      .toSorted(),
  );
}

function firstOf(own: readonly TelemetryEvent[], unit: string): number {
  return Math.min(...own.filter((one) => one.unit === unit && one.type === "exposure").map(({ time }) => Number(time)));
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
