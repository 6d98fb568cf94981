/** Owns an analysis on whatever engine answers its SQL: DuckDB, PGlite, or a warehouse that speaks PostgreSQL's. */
import type { Analysis, ArmExposure, ArmStatistics } from "../../../model/arm-statistics.js";
import type { Arm } from "../../../model/experiment.js";
import type { Query, Row } from "../files/duck.js";
import { armStatisticsSql } from "../sql/arm-statistics.js";
import { HISTOGRAMS_SQL } from "../sql/histograms.js";
import { type AnalysedExperiment, metricsSql } from "../sql/metric-list.js";
import { EXPOSURE_DAYS_SQL, UNIT_EXPOSURES_SQL, armExposuresSql } from "../sql/unit-exposures.js";
import { UNIT_METRICS_SQL } from "../sql/unit-metrics.js";
import { type AnalysisRequest, type ExposureDay, type SwitchedUnits, type TelemetryAnalysis, USUAL_GRACE_MS } from "./request.js";

type Bin = [from: number, to: number, units: number];

const TABLES = ["unfork_metrics", "unfork_unit_exposures", "unfork_unit_metrics"] as const;

/** Takes away what an analysis has made. */
export const DROP_TABLES: readonly string[] = TABLES.map((name) => `DROP TABLE IF EXISTS ${name}`);

/** Temporary tables of the steps over units; `unfork_device_days` must be there. The same text for every engine. */
export function unitTables(experiments: readonly AnalysedExperiment[]): readonly string[] {
  const contents = [metricsSql(experiments), UNIT_EXPOSURES_SQL, UNIT_METRICS_SQL];
  // PostgreSQL does not look at a new table by itself, and would take it for a small one.
  const making = TABLES.flatMap((name, index) => [`CREATE TEMPORARY TABLE ${name} AS ${contents[index] ?? ""}`, `ANALYZE ${name}`]);
  return [...DROP_TABLES, ...making];
}

/** Analyses what `unfork_device_days` holds, on one connection. Counts and sums may come as text. */
export async function analyseOver(query: Query, request: AnalysisRequest): Promise<TelemetryAnalysis> {
  const { experiments, now, graceMs = USUAL_GRACE_MS } = request;
  const metrics = experiments.flatMap((one) => one.metrics);
  if (metrics.length === 0) return { analyses: [], exposureDays: [], switched: [] };
  for (const sql of unitTables(experiments)) await query(sql);
  const statistics = await query(armStatisticsSql(metrics.some(({ winsorize }) => winsorize !== undefined)));
  const exposures = await query(armExposuresSql(now, graceMs));
  const days = await query(EXPOSURE_DAYS_SQL);
  const bins = metrics.some(({ kind }) => kind === "quantile") ? await query(HISTOGRAMS_SQL) : [];
  const histograms = byKey(bins);
  const at = new Date(now).toISOString();
  return {
    analyses: experiments.map(({ id }): Analysis => ({
      experiment: id,
      at,
      statistics: statistics.filter((row) => row["experiment"] === id).map((row) => statisticsOf(row, histograms)),
      exposures: exposures.filter((row) => row["experiment"] === id).map(exposureOf),
    })),
    exposureDays: days.map(exposureDayOf),
    switched: exposures.filter((row) => Number(row["switched"]) > 0).map(switchedOf),
  };
}

function rowOf(row: Row) {
  const pair = row["pair"] === "same" || row["pair"] === "mixed" ? { pair: row["pair"] as "same" | "mixed" } : {};
  return { experiment: String(row["experiment"]), phase: Number(row["phase"]), arm: row["arm"] as Arm, ...pair };
}

function statisticsOf(row: Row, histograms: ReadonlyMap<string, readonly Bin[]>): ArmStatistics {
  const histogram = histograms.get(keyOf(row));
  return {
    ...rowOf(row),
    metric: String(row["metric"]),
    units: Number(row["units"]),
    sum: Number(row["sum"]),
    sumSquares: Number(row["sum_squares"]),
    ...given(row, "denominator_sum", "denominatorSum"),
    ...given(row, "denominator_squares", "denominatorSquares"),
    ...given(row, "cross", "cross"),
    ...given(row, "covariate_sum", "covariateSum"),
    ...given(row, "covariate_squares", "covariateSquares"),
    ...given(row, "covariate_cross", "covariateCross"),
    ...given(row, "covariate_denominator_cross", "covariateDenominatorCross"),
    ...given(row, "events", "events"),
    ...(row["kind"] === "quantile" ? { histogram: histogram === undefined ? [] : [...histogram] } : {}),
  };
}

function given<K extends string>(row: Row, column: string, key: K): { readonly [key in K]?: number } {
  const value = row[column];
  return value === null || value === undefined ? {} : ({ [key]: Number(value) } as { readonly [key in K]: number });
}

function exposureOf(row: Row): ArmExposure {
  return {
    ...rowOf(row),
    units: Number(row["units"]),
    silent: Number(row["silent"]),
    due: Number(row["due"]),
    unitsLastDay: Number(row["units_last_day"]),
  };
}

function exposureDayOf(row: Row): ExposureDay {
  const day = new Date(Number(row["day"]) * 86_400_000).toISOString().slice(0, 10);
  return { ...rowOf(row), day, units: Number(row["units"]) };
}

function switchedOf(row: Row): SwitchedUnits {
  const { experiment, phase, arm } = rowOf(row);
  return { experiment, phase, arm, units: Number(row["switched"]) };
}

function keyOf(row: Row): string {
  return [row["experiment"], row["phase"], row["arm"], row["pair"], row["metric"]].join("\n");
}

function byKey(bins: readonly Row[]): Map<string, Bin[]> {
  const found = new Map<string, Bin[]>();
  for (const row of bins) {
    const list = found.get(keyOf(row)) ?? [];
    list.push([Number(row["from"]), Number(row["to"]), Number(row["units"])]);
    found.set(keyOf(row), list);
  }
  return found;
}
