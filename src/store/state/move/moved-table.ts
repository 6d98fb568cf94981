/** Owns which tables a state has, in an order in which rows can be put in, and their names in SQL. */
import { is } from "drizzle-orm";
import { PgTable, getTableConfig } from "drizzle-orm/pg-core";

import * as schema from "../schema/index.js";

/** A table, or a part of one. */
export interface MovedTable {
  readonly schema: string;
  readonly name: string;
  /** Which rows, as SQL; all where left out. */
  readonly where?: string;
}

/** All tables of the state; those that refer to others come behind them. */
export function stateTables(): MovedTable[] {
  const tables = Object.values(schema).flatMap((table) => (is(table, PgTable) ? [getTableConfig(table)] : []));
  const order = tables.toSorted((a, b) => a.foreignKeys.length - b.foreignKeys.length || (a.name < b.name ? -1 : 1));
  return order.map(({ name }) => ({ schema: "public", name }));
}

/** As it is named in SQL. */
export function sqlNameOf({ schema: folder, name }: MovedTable): string {
  return `"${folder}"."${name}"`;
}

/** As it is named to people. */
export function shownNameOf({ schema: folder, name }: MovedTable): string {
  return folder === "public" ? name : `${folder}.${name}`;
}
