/**
 * The product's SQL on made-up rows: sums over device-metric rows in one pass (54 use cases × 2 flavors × 5 metrics), and the two steps from
 * device-days; the same text and rows on PostgreSQL beside it. Usage: node bench/analysis.bench.mjs [--rows 10] [--postgres-rows 10]
 * [--days 10] [--dir FOLDER]; rows in millions, several by commas, 0 for none. 100 million take 2 GB of disk and some minutes to make.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { analyseOver } from "../dist/store/telemetry/analysis/analyse-over.js";
import { openDuck } from "../dist/store/telemetry/files/duck.js";
import { copyTo } from "../dist/store/telemetry/files/sql-text.js";
import { armStatisticsSql } from "../dist/store/telemetry/sql/arm-statistics.js";
import { metricsSql } from "../dist/store/telemetry/sql/metric-list.js";
import { openPostgres } from "./analysis/postgres.mjs";
import { EXPERIMENTS, USE_CASES, deviceDays, unitRows } from "./analysis/rows.mjs";

const text = (fallback) => ({ type: "string", default: fallback });
const { values } = parseArgs({ options: { rows: text("10"), "postgres-rows": text("10"), days: text("10"), dir: text(tmpdir()) } });
const folder = mkdtempSync(join(values.dir, "unfork-analysis-"));
const request = { now: 1_796_500_000_000, experiments: EXPERIMENTS };
const duck = await openDuck({ spill: join(folder, "spill"), memoryMiB: 2048, threads: 2 });
const SIMPLE = "SELECT experiment, cell, count(*), sum(x), sum(x * x) FROM unfork_unit_metrics GROUP BY experiment, cell";
try {
  for (const rows of values.rows.split(",").map(Number)) if (rows > 0) await onePass(rows);
  if (Number(values.days) > 0) await twoSteps(Number(values.days));
} finally {
  duck.close();
  rmSync(folder, { recursive: true, force: true });
}

async function onePass(millions) {
  const { units, metrics, exposures } = unitRows(millions * 1e6);
  await make("unfork_unit_metrics", metrics);
  await make("unfork_unit_exposures", exposures);
  await make("unfork_metrics", metricsSql(EXPERIMENTS));
  console.log(`${millions} M device-metric rows of ${units.toLocaleString("en")} units, ${megabytes("unfork_unit_metrics")} MB of Parquet`);
  await timed("DuckDB, all sums of the product (units, x, x², d, d², xd, c, c², xc, dc) by use case, phase, flavor, pair, metric", () =>
    duck.query(armStatisticsSql(false)),
  );
  await timed("DuckDB, count, sum and sum of squares by use case and flavor", () => duck.query(SIMPLE));
  console.log(`  this process: ${Math.round(process.memoryUsage().rss / 1e6)} MB`);
  if (Number(values["postgres-rows"]) < millions) return;
  await withPostgres(["unfork_unit_metrics", "unfork_unit_exposures", "unfork_metrics"], async (query) => {
    await timed("PostgreSQL, all sums of the product, same text", () => query(armStatisticsSql(false)), 3);
    await timed("PostgreSQL, count, sum and sum of squares", () => query(SIMPLE), 3);
  });
}

async function twoSteps(millions) {
  const { units, days } = deviceDays(millions * 1e6);
  await make("unfork_device_days", days);
  console.log(
    `${millions} M device-days of ${units.toLocaleString("en")} units (groups of unit and use case), ${megabytes("unfork_device_days")} MB of Parquet`,
  );
  await duck.run("DROP VIEW IF EXISTS unfork_unit_metrics; DROP VIEW IF EXISTS unfork_unit_exposures; DROP VIEW IF EXISTS unfork_metrics");
  await timed(
    "DuckDB, a whole analysis from device-days: units' exposures, units' values, sums, exposures by day",
    () => analyseOver(duck.query, request),
    3,
  );
  console.log(`  this process: ${Math.round(process.memoryUsage().rss / 1e6)} MB`);
  if (Number(values["postgres-rows"]) < millions) return;
  await withPostgres(["unfork_device_days"], (query) => timed("PostgreSQL, the same", () => analyseOver(query, request), 1));
}

/** A Parquet file per use case, as a view. */
async function make(name, select) {
  await duck.run(`DROP VIEW IF EXISTS ${name}`);
  rmSync(join(folder, name), { recursive: true, force: true });
  mkdirSync(join(folder, name));
  const parts = select.includes("{e}") ? USE_CASES : 1;
  for (let part = 0; part < parts; part++) {
    await duck.run(copyTo(select.replaceAll("{e}", String(part)), join(folder, name, `${String(part).padStart(2, "0")}.parquet`)));
  }
  await duck.run(`CREATE VIEW ${name} AS SELECT * FROM read_parquet('${join(folder, name)}/*.parquet')`);
}

function megabytes(name) {
  const files = readdirSync(join(folder, name)).map((file) => statSync(join(folder, name, file)).size);
  return Math.round(files.reduce((sum, size) => sum + size, 0) / 1e6);
}

/** The same rows as tables of PostgreSQL, analysed and vacuumed. */
async function withPostgres(names, act) {
  const postgres = await openPostgres();
  try {
    for (const name of names) await postgres.load(name, duck, join(folder, `${name}.csv`));
    await act(postgres.query);
  } finally {
    await postgres.close();
  }
}

async function timed(name, act, times = 5) {
  const taken = [];
  let result;
  const cpu = process.cpuUsage();
  for (let turn = 0; turn < times; turn++) {
    const begun = performance.now();
    result = await act();
    taken.push(performance.now() - begun);
  }
  const { user, system } = process.cpuUsage(cpu);
  taken.sort((a, b) => a - b);
  const rows = Array.isArray(result) ? `${result.length} rows` : `${result.analyses.length} analyses`;
  const all = `${seconds(taken[Math.floor(times / 2)])} s (${seconds(taken[0])} to ${seconds(taken.at(-1))})`;
  console.log(`  ${name}: ${all}, ${seconds((user + system) / 1000 / times)} s of this process's CPU, ${rows}`);
}

function seconds(ms) {
  return (ms / 1000).toFixed(2);
}
