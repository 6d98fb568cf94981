/** Owns what a team's own warehouse needs: the table of events, and the views that an analysis stands on. PostgreSQL's SQL, from 15 on. */
import { EVENT_COLUMNS } from "./columns.js";
import { DEVICE_DAYS_SQL } from "./sql/device-days.js";

/** The table of events. Loads end with `ON CONFLICT (id) DO NOTHING`, or the engine's like: an id is one event. */
export function eventsTableSql(): string {
  const columns = EVENT_COLUMNS.map(
    ({ name, type, absent }) => `  ${name} ${type}${absent === "null" ? "" : " NOT NULL"}${absent === "empty" ? " DEFAULT ''" : ""}`,
  );
  return `CREATE TABLE unfork_events (\n${columns.join(",\n")},\n  PRIMARY KEY (id)\n)`;
}

/** Device-days over that table: a view, or a table that a job fills day by day (its columns are the same). */
export function deviceDaysViewSql(): string {
  return `CREATE VIEW unfork_device_days AS${DEVICE_DAYS_SQL}`;
}
