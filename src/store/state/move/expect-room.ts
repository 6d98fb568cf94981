/** Owns that a folder has room for a state: PGlite stands still on a full disk. */
import { UnforkError } from "../../../support/errors.js";
import type { Database } from "../database.js";
import { LEAST_FREE, freeBytes } from "../guard-space.js";
import { rowsBy } from "./run-sql.js";

/** The rows, the write-ahead log of them, and indexes. */
const TIMES = 3;

/** Throws `disk` when a folder's disk has less than three times what the source takes. */
export async function expectRoom(source: Database, dir: string, free: (dir: string) => number = freeBytes): Promise<void> {
  const [found] = await rowsBy(source, "select pg_database_size(current_database())::text as bytes");
  const wanted = Number(found?.["bytes"]) * TIMES + LEAST_FREE;
  if (free(dir) >= wanted) return;
  throw new UnforkError("disk", `${Math.ceil(wanted / 2 ** 20)} MiB are needed on the disk of ${dir}`, { hint: "free some space" });
}
