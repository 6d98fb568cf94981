/** Owns the second step of an analysis: each unit's whole value. */
import { EVERY_UNIT_KINDS } from "./metric-list.js";

/**
 * From `unfork_device_days`, `unfork_sources` and `unfork_unit_exposures` one row per unit and metric: `x` its value (mean and quantile: mean of its
 * values; count and ratio: their sum; proportion and rare: 1 with a value above 0, else 0), `d` the denominator (ratio), `c` the same as `x` from
 * before its exposure (0 where there is none; CUPED only), `events` how many values. Values of another arm than the unit's own are left out.
 */
export const UNIT_METRICS_SQL = `
WITH sums AS (
  SELECT
    u.experiment, u.phase, u.arm, u.pair, s.metric, d.unit, s.kind, s.cuped,
    coalesce(sum(d.events) FILTER (WHERE d.period = ''), 0) AS events,
    sum(d.value_sum) FILTER (WHERE d.period = '') AS value_sum,
    max(d.value_max) FILTER (WHERE d.period = '') AS value_max,
    sum(d.denominator_sum) FILTER (WHERE d.period = '') AS denominator_sum,
    coalesce(sum(d.events) FILTER (WHERE d.period <> ''), 0) AS before_events,
    sum(d.value_sum) FILTER (WHERE d.period <> '') AS before_sum,
    max(d.value_max) FILTER (WHERE d.period <> '') AS before_max
  FROM unfork_device_days d
  JOIN unfork_sources s ON s.experiment = d.experiment AND s.source_kind = d.kind AND s.source = d.metric
  JOIN unfork_unit_exposures u ON u.experiment = d.experiment AND u.unit = d.unit AND u.arm = d.arm
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
)
SELECT
  experiment, phase, arm, pair, metric, unit,
  CASE
    WHEN events = 0 THEN 0
    WHEN kind IN ('mean', 'quantile') THEN value_sum / CAST(events AS double precision)
    WHEN kind IN ('count', 'ratio') THEN value_sum
    WHEN value_max > 0 THEN 1
    ELSE 0
  END AS x,
  CASE WHEN kind = 'ratio' THEN denominator_sum END AS d,
  CASE
    WHEN cuped = 0 THEN NULL
    WHEN before_events = 0 THEN 0
    WHEN kind IN ('mean', 'quantile') THEN before_sum / CAST(before_events AS double precision)
    WHEN kind IN ('count', 'ratio') THEN before_sum
    WHEN before_max > 0 THEN 1
    ELSE 0
  END AS c,
  CAST(events AS bigint) AS events
FROM sums
WHERE events > 0 OR kind IN ${EVERY_UNIT_KINDS}`;
