/** Owns plain SQL in a transaction of either engine. */
import { type SQL, sql } from "drizzle-orm";

import type { Database } from "../database.js";

type Row = Readonly<Record<string, unknown>>;

/** Both engines answer by an object with rows. */
export async function rowsBy(tx: Database, query: SQL | string): Promise<readonly Row[]> {
  const answer = (await tx.execute(typeof query === "string" ? sql.raw(query) : query)) as unknown as { readonly rows: readonly Row[] };
  return answer.rows;
}

/** Values as text are the same on both engines, and in each session. Counts to the end of the transaction. */
export async function fixTexts(tx: Database): Promise<void> {
  await tx.execute(sql`set local timezone = 'UTC'`);
  await tx.execute(sql`set local datestyle = 'ISO, YMD'`);
  await tx.execute(sql`set local intervalstyle = 'postgres'`);
  await tx.execute(sql`set local extra_float_digits = 1`);
}
