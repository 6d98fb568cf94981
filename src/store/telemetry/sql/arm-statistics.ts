/** Owns the last step of an analysis: from units to sums, in one pass. */
import { cellColumns } from "./cells.js";
import { EVERY_UNIT_KINDS } from "./metric-list.js";

/**
 * From `unfork_metrics`, `unfork_unit_metrics` and `unfork_unit_exposures` one row per experiment, phase, arm, pair and metric: the sums that all
 * estimates are made of. Kinds with a value for every unit count all exposed ones, and have a row even without any event.
 *
 * @param winsorized whether any metric is: it takes another pass
 */
export function armStatisticsSql(winsorized: boolean): string {
  return `
WITH arms AS (
  SELECT experiment, cell, count(*) AS exposed FROM unfork_unit_exposures GROUP BY experiment, cell
),${winsorized ? CAPS : ""}
sums AS (
  SELECT
    experiment, cell, metric,
    count(*) AS present,
    count(*) FILTER (WHERE x > 0) AS positive,
    sum(x) AS x, sum(x * x) AS xx,
    sum(d) AS d, sum(d * d) AS dd, sum(x * d) AS xd,
    sum(c) AS c, sum(c * c) AS cc, sum(x * c) AS xc, sum(d * c) AS dc
  FROM ${winsorized ? CAPPED : "unfork_unit_metrics"}
  GROUP BY experiment, cell, metric
)
SELECT
  a.experiment,
  ${cellColumns("a")},
  m.metric, m.kind,
  CASE WHEN m.kind IN ${EVERY_UNIT_KINDS} THEN a.exposed ELSE coalesce(s.present, 0) END AS units,
  coalesce(s.positive, 0) AS events,
  coalesce(s.x, 0) AS sum, coalesce(s.xx, 0) AS sum_squares,
  s.d AS denominator_sum, s.dd AS denominator_squares, s.xd AS "cross",
  s.c AS covariate_sum, s.cc AS covariate_squares, s.xc AS covariate_cross, s.dc AS covariate_denominator_cross
FROM arms a
JOIN unfork_metrics m ON m.experiment = a.experiment
LEFT JOIN sums s ON s.experiment = a.experiment AND s.cell = a.cell AND s.metric = m.metric
ORDER BY 1, 2, 3, 4, 5`;
}

/**
 * What a unit counts at most: the quantile of the units of all arms, interpolated as by percentile_cont (whose own fraction may not differ
 * from row to row in DuckDB). Units without an event stand in front with 0 where the kind has a value for every unit.
 */
const CAPS = `
totals AS (SELECT experiment, sum(exposed) AS exposed FROM arms GROUP BY experiment),
ranked AS (
  SELECT
    u.experiment, u.metric, u.x,
    row_number() OVER (PARTITION BY u.experiment, u.metric ORDER BY u.x) AS rank,
    count(*) OVER (PARTITION BY u.experiment, u.metric) AS present,
    CASE WHEN m.kind IN ${EVERY_UNIT_KINDS} THEN t.exposed ELSE NULL END AS exposed,
    m.winsorize
  FROM unfork_unit_metrics u
  JOIN unfork_metrics m ON m.experiment = u.experiment AND m.metric = u.metric
  JOIN totals t ON t.experiment = u.experiment
  WHERE m.winsorize IS NOT NULL
),
placed AS (
  SELECT
    experiment, metric, x, rank,
    1 + winsorize * (CAST(coalesce(exposed, present) AS double precision) - 1)
      - CAST(coalesce(exposed, present) - present AS double precision) AS place
  FROM ranked
),
caps AS (
  SELECT
    experiment, metric,
    coalesce(max(CASE WHEN rank <= floor(place) THEN x END), 0)
      + (max(place) - floor(max(place)))
      * (coalesce(max(CASE WHEN rank <= floor(place) + 1 THEN x END), 0) - coalesce(max(CASE WHEN rank <= floor(place) THEN x END), 0)) AS cap
  FROM placed
  GROUP BY experiment, metric
),`;

const CAPPED = `(
    SELECT u.experiment, u.cell, u.metric, CASE WHEN u.x > p.cap THEN p.cap ELSE u.x END AS x, u.d, u.c
    FROM unfork_unit_metrics u
    LEFT JOIN caps p ON p.experiment = u.experiment AND p.metric = u.metric
  ) AS capped`;
