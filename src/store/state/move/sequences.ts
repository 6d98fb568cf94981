/** Owns the counters behind serial columns: a moved state gives out the numbers that the old one would have. */
import type { Database } from "../database.js";
import { rowsBy } from "./run-sql.js";

const SERIAL = `
select pg_get_serial_sequence(quote_ident(table_schema) || '.' || quote_ident(table_name), column_name) as sequence
from information_schema.columns where table_schema = 'public' and column_default like 'nextval(%' order by 1`;

/** Sets each to where it stands in the source. `alter sequence` is taken back with its transaction, `setval` would not be. */
export async function copySequences(from: Database, to: Database): Promise<void> {
  for (const { sequence } of await rowsBy(from, SERIAL)) {
    const name = String(sequence);
    const [at] = await rowsBy(from, `select (last_value + case when is_called then 1 else 0 end)::text as next from ${name}`);
    await rowsBy(to, `alter sequence ${name} restart with ${BigInt(String(at?.["next"]))}`);
  }
}
