/** Owns the summing of a day's device-days, which were counted in parts, in bounded memory: some experiments at a time. */
import { rm } from "node:fs/promises";
import { join } from "node:path";

import { makeFolder } from "../../../support/fs.js";
import { MERGED_DAYS_SQL } from "../sql/device-days.js";
import { literal } from "../sql/metric-list.js";
import type { Duck } from "./duck.js";
import { copyTo, parquet } from "./sql-text.js";

/** Rows that are summed at a time. */
const CHUNK_ROWS = 400_000;

/**
 * Sums the rows of `source` in chunks, each a file in the folder for spilled data; gives a query over these files, in order, and how many
 * rows it has. `done` removes them.
 */
export async function mergeDays(duck: Duck, dir: string, source: string) {
  const folder = join(dir, "spill", "merge");
  await rm(folder, { recursive: true, force: true });
  await makeFolder(folder);
  const counts = await duck.query(`SELECT experiment, count(*) AS rows FROM ${source} GROUP BY experiment ORDER BY experiment`);
  const chunks = chunksOf(counts.map(({ experiment, rows }) => ({ experiment: String(experiment), rows: Number(rows) })));
  const paths = chunks.map((_chunk, index) => join(folder, `${String(index).padStart(6, "0")}.parquet`));
  for (const [index, where] of chunks.entries()) {
    await duck.run(`CREATE OR REPLACE TEMP VIEW unfork_device_days AS SELECT * FROM ${source} WHERE ${where}`);
    await duck.run(copyTo(`SELECT * FROM (${MERGED_DAYS_SQL}) ORDER BY experiment, metric, arm, unit`, paths[index] ?? ""));
  }
  const merged = parquet(paths);
  const [counted] = await duck.query(`SELECT count(*) AS rows FROM ${merged}`);
  return { select: `SELECT * FROM ${merged}`, rows: Number(counted?.["rows"]), done: () => rm(folder, { recursive: true, force: true }) };
}

interface Counted {
  readonly experiment: string;
  readonly rows: number;
}

/** Conditions that part all rows: several small experiments together, a large one by its units. */
export function chunksOf(experiments: readonly Counted[]): string[] {
  const chunks: string[] = [];
  let open: string[] = [];
  let rows = 0;
  function end(): void {
    if (open.length > 0) chunks.push(`experiment IN (${open.map(literal).join(", ")})`);
    open = [];
    rows = 0;
  }
  for (const one of experiments) {
    if (rows + one.rows > CHUNK_ROWS) end();
    if (one.rows > CHUNK_ROWS) chunks.push(...byUnits(one));
    else {
      open.push(one.experiment);
      rows += one.rows;
    }
  }
  end();
  return chunks;
}

function byUnits({ experiment, rows }: Counted): string[] {
  const parts = Math.ceil(rows / CHUNK_ROWS);
  return Array.from({ length: parts }, (_, part) => `experiment = ${literal(experiment)} AND hash(unit) % ${parts} = ${part}`);
}
