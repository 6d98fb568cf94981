/** Owns the analysis as JSON, for engines that have PostgreSQL's functions for it: what a file for `unfork experiment analyze` holds. */

const ROW = `'experiment', s.experiment, 'phase', s.phase, 'arm', s.arm, 'pair', nullif(s.pair, '')`;

/** From the views of statistics, exposures and histograms one row per experiment: `document` is an `Analysis` (src/model/arm-statistics.ts). */
export const ANALYSIS_SQL = `
WITH bins AS (
  SELECT experiment, phase, arm, pair, metric, json_agg(json_build_array("from", "to", units) ORDER BY "to", "from") AS histogram
  FROM unfork_histograms
  GROUP BY experiment, phase, arm, pair, metric
),
statistics AS (
  SELECT s.experiment, json_agg(json_build_object(
    ${ROW}, 'metric', s.metric, 'units', s.units, 'sum', s.sum, 'sumSquares', s.sum_squares,
    'denominatorSum', s.denominator_sum, 'denominatorSquares', s.denominator_squares, 'cross', s."cross",
    'covariateSum', s.covariate_sum, 'covariateSquares', s.covariate_squares, 'covariateCross', s.covariate_cross,
    'covariateDenominatorCross', s.covariate_denominator_cross, 'events', s.events, 'histogram', b.histogram
  ) ORDER BY s.phase, s.arm, s.pair, s.metric) AS rows
  FROM unfork_arm_statistics s
  LEFT JOIN bins b
    ON b.experiment = s.experiment AND b.phase = s.phase AND b.arm = s.arm AND b.pair = s.pair AND b.metric = s.metric
  GROUP BY s.experiment
),
exposures AS (
  SELECT s.experiment, json_agg(json_build_object(
    ${ROW}, 'units', s.units, 'silent', s.silent, 'due', s.due, 'unitsLastDay', s.units_last_day
  ) ORDER BY s.phase, s.arm, s.pair) AS rows
  FROM unfork_arm_exposures s
  GROUP BY s.experiment
)
SELECT
  e.experiment,
  json_strip_nulls(json_build_object(
    'experiment', e.experiment,
    'at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'statistics', s.rows,
    'exposures', e.rows
  )) AS document
FROM exposures e
JOIN statistics s ON s.experiment = e.experiment`;
