/** Owns what the state is reached by: one type for both engines, PGlite and PostgreSQL. */
import type { ExtractTablesWithRelations } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";

import type * as schema from "./schema/index.js";

type Schema = typeof schema;

/** A connection, or a transaction on one: the functions of this room take either. */
export type Database = PgDatabase<PgQueryResultHKT, Schema, ExtractTablesWithRelations<Schema>>;

/** Plain SQL, for what brings its own (the queue of jobs). */
export type ExecuteSql = (text: string, values?: readonly unknown[]) => Promise<{ rows: unknown[] }>;

/** The open state of a server. */
export interface State {
  readonly db: Database;
  readonly engine: "pglite" | "postgresql";
  readonly executeSql: ExecuteSql;
  close(): Promise<void>;
}
