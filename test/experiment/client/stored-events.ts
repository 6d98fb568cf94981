/** Owns the look at what a server has stored of events, once it is stopped. */
import { join } from "node:path";

import { openTelemetry } from "../../../src/store/telemetry/open-telemetry.js";
import { readManifest } from "../../../src/store/telemetry/files/manifest.js";
import { parquet } from "../../../src/store/telemetry/files/sql-text.js";
import { withDuck } from "../../store/telemetry/stored-ids.js";

export interface StoredEvent {
  readonly id: string;
  readonly type: string;
  readonly unit: string;
  readonly stage: string | null;
  readonly value: number | null;
}

/** All rows, by id. */
export async function storedEvents(serverDir: string): Promise<readonly StoredEvent[]> {
  const dir = join(serverDir, "telemetry");
  const telemetry = await openTelemetry({ dir, compactEveryMs: 0, minFreeBytes: 0 });
  await telemetry.flush();
  await telemetry.close();
  const { eventFiles } = await readManifest(dir);
  if (eventFiles.length === 0) return [];
  const files = parquet(eventFiles.map(({ file }) => join(dir, file)));
  return withDuck(
    async (duck) => (await duck.query(`SELECT id, type, unit, stage, value FROM ${files} ORDER BY id`)) as unknown as StoredEvent[],
  );
}
