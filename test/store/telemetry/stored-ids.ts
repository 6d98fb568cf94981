/** Owns the look into the Parquet files of a folder. */
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Duck, openDuck } from "../../../src/store/telemetry/files/duck.js";
import { readManifest } from "../../../src/store/telemetry/files/manifest.js";
import { parquet } from "../../../src/store/telemetry/files/sql-text.js";

/** Ids in the Parquet files, as often as they are there, in order. */
export async function storedIds(dir: string): Promise<string[]> {
  const { eventFiles } = await readManifest(dir);
  if (eventFiles.length === 0) return [];
  return withDuck(async (duck) => {
    const rows = await duck.query(`SELECT id FROM ${parquet(eventFiles.map(({ file }) => join(dir, file)))} ORDER BY id`);
    return rows.map(({ id }) => String(id));
  });
}

export async function withDuck<T>(act: (duck: Duck) => Promise<T>): Promise<T> {
  const duck = await openDuck({ spill: join(tmpdir(), "unfork-test-spill"), memoryMiB: 256, threads: 1 });
  return act(duck).finally(() => duck.close());
}
