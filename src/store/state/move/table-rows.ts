/** Owns the rows of a table as texts that are the same on both engines, read and put in by parts; how many, and their digest. */
import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";

import type { Database } from "../database.js";
import { type MovedTable, shownNameOf, sqlNameOf } from "./moved-table.js";
import { rowsBy } from "./run-sql.js";

/** Rows at a time: those of evidence have some kilobytes each. */
const AT_ONCE = 100;

/** What is compared: equal digests are equal rows. */
export interface TableDigest {
  readonly table: string;
  readonly rows: number;
  /** SHA-256 over the rows as JSON, in the order of their bytes. */
  readonly digest: string;
}

/** Reads a table and digests it; `put` gets its rows, some at a time. `tx` is a transaction with `fixTexts`. */
export async function digestTable(
  tx: Database,
  table: MovedTable,
  put: (rows: readonly string[]) => Promise<void> = async () => undefined,
): Promise<TableDigest> {
  const hash = createHash("sha256");
  let count = 0;
  for await (const rows of partsOf(tx, table)) {
    for (const row of rows) hash.update(row).update("\n");
    count += rows.length;
    await put(rows);
  }
  return { table: shownNameOf(table), rows: count, digest: hash.digest("hex") };
}

async function* partsOf(tx: Database, table: MovedTable): AsyncGenerator<string[]> {
  const where = table.where === undefined ? "" : ` where ${table.where}`;
  const query = `select row from (select to_jsonb(t)::text as row from ${sqlNameOf(table)} t${where}) r order by row collate "C"`;
  await rowsBy(tx, `declare moved_rows no scroll cursor for ${query}`);
  for (;;) {
    const rows = await rowsBy(tx, `fetch ${AT_ONCE} from moved_rows`);
    if (rows.length > 0) yield rows.map(({ row }) => String(row));
    if (rows.length < AT_ONCE) break;
  }
  await rowsBy(tx, "close moved_rows");
}

/** Puts rows in, given as `digestTable` reads them; columns are named, so that their order does not matter. */
export async function putRows(tx: Database, table: MovedTable, columns: readonly string[], rows: readonly string[]): Promise<void> {
  const name = sql.raw(sqlNameOf(table));
  const list = sql.raw(columns.map((column) => `"${column}"`).join(", "));
  const text = `[${rows.join(",")}]`;
  await tx.execute(sql`insert into ${name} (${list}) select ${list} from jsonb_populate_recordset(null::${name}, ${text}::jsonb)`);
}

/** Names of a table's columns. */
export async function columnsOf(tx: Database, { schema, name }: MovedTable): Promise<string[]> {
  const rows = await rowsBy(
    tx,
    sql`select column_name as name from information_schema.columns where table_schema = ${schema} and table_name = ${name} order by ordinal_position`,
  );
  return rows.map((row) => String(row["name"]));
}

/** Whether a table has no row. */
export async function isEmpty(tx: Database, table: MovedTable): Promise<boolean> {
  return (await rowsBy(tx, `select 1 from ${sqlNameOf(table)} limit 1`)).length === 0;
}
