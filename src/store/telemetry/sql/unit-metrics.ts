/** Owns the second step of an analysis: each unit's whole value. */
import { EVERY_UNIT_KINDS } from "./metric-list.js";

const VALUES = "experiment, unit, arm, period, events, value_sum, value_max, denominator_sum";

/**
 * From `unfork_device_days`, `unfork_metrics` and `unfork_unit_exposures` one row per unit and metric: `x` its value (mean and quantile: mean of
 * its values; count and ratio: their sum; proportion and rare: 1 with a value above 0, else 0), `d` the denominator (ratio), `c` the same as `x`
 * from before its exposure (0 where there is none; CUPED only), `events` how many values. Crashes are values of `crash` and of
 * `crash.startup` or `crash.running`. Values of another arm than the unit's own are left out.
 */
export const UNIT_METRICS_SQL = `
WITH parts AS (
  SELECT metric, ${VALUES} FROM unfork_device_days WHERE kind = 'metric'
  UNION ALL
  SELECT metric, ${VALUES} FROM unfork_device_days WHERE kind = 'crash'
  UNION ALL
  SELECT 'crash', ${VALUES} FROM unfork_device_days WHERE kind = 'crash'
),
sums AS (
  SELECT
    experiment, unit, metric, arm,
    coalesce(sum(events) FILTER (WHERE period = ''), 0) AS events,
    sum(value_sum) FILTER (WHERE period = '') AS value_sum,
    max(value_max) FILTER (WHERE period = '') AS value_max,
    sum(denominator_sum) FILTER (WHERE period = '') AS denominator_sum,
    coalesce(sum(events) FILTER (WHERE period <> ''), 0) AS before_events,
    sum(value_sum) FILTER (WHERE period <> '') AS before_sum,
    max(value_max) FILTER (WHERE period <> '') AS before_max
  FROM parts
  WHERE experiment IN (SELECT experiment FROM unfork_metrics)
  GROUP BY experiment, unit, metric, arm
)
SELECT
  s.experiment, u.cell, s.metric, s.unit,
  CASE
    WHEN s.events = 0 THEN 0
    WHEN m.kind IN ('mean', 'quantile') THEN s.value_sum / CAST(s.events AS double precision)
    WHEN m.kind IN ('count', 'ratio') THEN s.value_sum
    WHEN s.value_max > 0 THEN 1
    ELSE 0
  END AS x,
  CASE WHEN m.kind = 'ratio' THEN s.denominator_sum END AS d,
  CASE
    WHEN m.cuped = 0 THEN NULL
    WHEN s.before_events = 0 THEN 0
    WHEN m.kind IN ('mean', 'quantile') THEN s.before_sum / CAST(s.before_events AS double precision)
    WHEN m.kind IN ('count', 'ratio') THEN s.before_sum
    WHEN s.before_max > 0 THEN 1
    ELSE 0
  END AS c,
  CAST(s.events AS bigint) AS events
FROM sums s
JOIN unfork_metrics m ON m.experiment = s.experiment AND m.metric = s.metric
JOIN unfork_unit_exposures u
  ON u.experiment = s.experiment AND u.unit = s.unit AND (u.cell & 4) = CASE s.arm WHEN 'treatment' THEN 4 ELSE 0 END
WHERE s.events > 0 OR m.kind IN ${EVERY_UNIT_KINDS}`;
