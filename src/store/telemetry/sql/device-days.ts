/** Owns the rollup of events to device-days. Like all SQL here one text for DuckDB, PGlite and PostgreSQL from 15 on. */

/**
 * From `unfork_events` (each id once) one row per unit, metric and day: counts, sums and extremes, which add up over days and over parts
 * of a day. A crash counts under `crash.startup` or `crash.running`; `day` is days since 1970, UTC.
 */
export const DEVICE_DAYS_SQL = `
SELECT
  experiment, use_case, phase, arm, pair, unit,
  CAST((time - time % 86400000) / 86400000 AS bigint) AS day,
  type AS kind,
  CASE type WHEN 'crash' THEN 'crash.' || stage ELSE metric END AS metric,
  period,
  count(*) AS events,
  sum(coalesce(value, 1)) AS value_sum,
  max(coalesce(value, 1)) AS value_max,
  sum(coalesce(denominator, 1)) AS denominator_sum,
  min(time) AS first_time,
  max(time) AS last_time
FROM unfork_events
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`;

/** Device-days that were counted in parts, as one: the same columns. */
export const MERGED_DAYS_SQL = `
SELECT
  experiment, use_case, phase, arm, pair, unit, day, kind, metric, period,
  CAST(sum(events) AS bigint) AS events,
  sum(value_sum) AS value_sum,
  max(value_max) AS value_max,
  sum(denominator_sum) AS denominator_sum,
  min(first_time) AS first_time,
  max(last_time) AS last_time
FROM unfork_device_days
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`;
