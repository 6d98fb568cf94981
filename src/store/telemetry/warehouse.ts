/** Owns what a team's own warehouse needs: the table of events, and the views of an analysis. PostgreSQL's SQL, from 15 on. */
import { EVENT_COLUMNS } from "./columns.js";
import { ANALYSIS_SQL } from "./sql/analysis-document.js";
import { armStatisticsSql } from "./sql/arm-statistics.js";
import { DEVICE_DAYS_SQL } from "./sql/device-days.js";
import { HISTOGRAMS_SQL } from "./sql/histograms.js";
import { EXPOSURE_DAYS_SQL, UNIT_EXPOSURES_SQL, armExposuresSql } from "./sql/unit-exposures.js";
import { UNIT_METRICS_SQL } from "./sql/unit-metrics.js";

const DAY_MS = 86_400_000;
const NOW = "(SELECT CAST(extract(epoch FROM now()) * 1000 AS bigint))";

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

const METRICS_TABLE = `CREATE TABLE unfork_metrics (
  experiment text NOT NULL,
  metric text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('mean', 'ratio', 'proportion', 'rare', 'count', 'quantile')),
  cuped integer NOT NULL DEFAULT 0,
  winsorize double precision,
  PRIMARY KEY (experiment, metric)
)`;

/** Everything, in the order in which it is made; the last view gives the documents that `unfork experiment analyze` takes. */
export function warehouseStatements(): readonly (readonly [what: string, sql: string])[] {
  return [
    ["Events, as devices send them. Loads end with ON CONFLICT (id) DO NOTHING.", eventsTableSql()],
    ["The metrics of the experiments that are analysed.", METRICS_TABLE],
    ["Sums by unit and day. Instead of the view a table may be filled day by day.", deviceDaysViewSql()],
    ["What each unit is counted under.", view("unfork_unit_exposures", UNIT_EXPOSURES_SQL)],
    ["Each unit's whole value.", view("unfork_unit_metrics", UNIT_METRICS_SQL)],
    ["The sums that estimates are made of.", view("unfork_arm_statistics", armStatisticsSql(true))],
    ["Units of each arm, and those that fell silent for a day.", view("unfork_arm_exposures", armExposuresSql(NOW, DAY_MS))],
    ["Units by the day of their first exposure.", view("unfork_exposure_days", EXPOSURE_DAYS_SQL)],
    ["Quantile metrics: the units' values in order.", view("unfork_histograms", HISTOGRAMS_SQL)],
    ["One document per experiment for unfork experiment analyze.", view("unfork_analysis", ANALYSIS_SQL)],
  ];
}

function view(name: string, sql: string): string {
  return `CREATE VIEW ${name} AS${sql}`;
}

/** `docs/experiments/telemetry.sql`. */
export function warehouseScript(): string {
  const head = "-- Made from the code (npm run generate). See telemetry.md. For PostgreSQL 15 and newer, and what speaks its SQL.\n";
  return `${head}${warehouseStatements()
    .map(([what, sql]) => `\n-- ${what}\n${sql};\n`)
    .join("")}`;
}
