/** Owns an analysis of a telemetry folder's Parquet files. */
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { UnforkError } from "../../../support/errors.js";
import { exists } from "../../../support/fs.js";
import { randomId } from "../../../support/random.js";
import { type Duck, openDuck } from "../files/duck.js";
import { overFiles } from "../files/over-files.js";
import { parquet } from "../files/sql-text.js";
import type { AnalysedExperiment } from "../sql/metric-list.js";
import { DROP_TABLES, analyseOver } from "./analyse-over.js";
import type { AnalysisRequest, TelemetryAnalysis } from "./request.js";

export interface AnalyseOptions {
  readonly memoryMiB?: number;
  readonly threads?: number;
}

/**
 * Analyses what a folder has in Parquet, also while a server writes to it: what lies in the log alone is not seen (`openTelemetry` compacts
 * first). Throws `input-missing` where there is no such folder, `disk` where it cannot be read.
 */
export async function analyse(dir: string, request: AnalysisRequest, options: AnalyseOptions = {}): Promise<TelemetryAnalysis> {
  if (!(await exists(dir)))
    throw new UnforkError("input-missing", `there is no telemetry in ${dir}`, { hint: "name the folder that `unfork serve` writes to" });
  const spill = join(tmpdir(), `unfork-spill-${randomId()}`);
  const duck = await openDuck({ spill, memoryMiB: options.memoryMiB ?? 1024, threads: options.threads ?? 2 });
  try {
    return await analyseFiles(duck, dir, request);
  } finally {
    duck.close();
    await rm(spill, { recursive: true, force: true });
  }
}

/** `duck` is left as it was. */
export function analyseFiles(duck: Duck, dir: string, request: AnalysisRequest): Promise<TelemetryAnalysis> {
  return overFiles(dir, async ({ dayFiles }) => {
    try {
      await duck.run(
        `CREATE OR REPLACE TEMP VIEW unfork_device_days AS ${dayFiles.length === 0 ? NO_DAYS : `SELECT * FROM ${parquet(dayFiles.map(({ file }) => join(dir, file)))}`}`,
      );
      return await analyseInParts(duck, request);
    } finally {
      await duck.run(DROP_TABLES.join("; ")).catch(() => undefined);
    }
  });
}

/** Device-days that are analysed at a time, where there are several experiments. */
const PART_ROWS = 3_000_000;

/** Experiments do not touch each other: some at a time take less memory. */
async function analyseInParts(duck: Duck, request: AnalysisRequest): Promise<TelemetryAnalysis> {
  const counts = await duck.query("SELECT experiment, count(*) AS rows FROM unfork_device_days GROUP BY experiment");
  const rowsOf = new Map(counts.map(({ experiment, rows }) => [String(experiment), Number(rows)]));
  const parts: AnalysedExperiment[][] = [[]];
  let rows = 0;
  for (const one of request.experiments) {
    const more = rowsOf.get(one.id) ?? 0;
    if (rows > 0 && rows + more > PART_ROWS) {
      parts.push([]);
      rows = 0;
    }
    parts.at(-1)?.push(one);
    rows += more;
  }
  const found: TelemetryAnalysis[] = [];
  for (const experiments of parts) found.push(await analyseOver(duck.query, { ...request, experiments }));
  return {
    analyses: found.flatMap(({ analyses }) => analyses),
    exposureDays: found.flatMap(({ exposureDays }) => exposureDays),
    switched: found.flatMap(({ switched }) => switched),
  };
}

const NO_DAYS = `SELECT
  CAST('' AS text) AS experiment, CAST('' AS text) AS use_case, 1 AS phase, CAST('' AS text) AS arm, CAST('' AS text) AS pair,
  CAST(NULL AS uuid) AS unit, CAST(0 AS bigint) AS day, CAST('' AS text) AS kind, CAST('' AS text) AS metric, CAST('' AS text) AS period,
  CAST(0 AS bigint) AS events, CAST(0 AS double precision) AS value_sum, CAST(0 AS double precision) AS value_max,
  CAST(0 AS double precision) AS denominator_sum, CAST(0 AS bigint) AS first_time, CAST(0 AS bigint) AS last_time
WHERE 1 = 0`;
