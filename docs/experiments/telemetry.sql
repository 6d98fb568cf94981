-- Made from the code (npm run generate). See telemetry.md. For PostgreSQL 15 and newer, and what speaks its SQL.

-- Events, as devices send them. Loads end with ON CONFLICT (id) DO NOTHING.
CREATE TABLE unfork_events (
  id text NOT NULL,
  time bigint NOT NULL,
  type text NOT NULL,
  experiment text NOT NULL,
  use_case text NOT NULL,
  phase integer NOT NULL,
  arm text NOT NULL,
  unit uuid NOT NULL,
  flavor text NOT NULL,
  seed bigint NOT NULL,
  metric text NOT NULL DEFAULT '',
  value double precision,
  denominator double precision,
  signal text NOT NULL DEFAULT '',
  stage text NOT NULL DEFAULT '',
  pair text NOT NULL DEFAULT '',
  period text NOT NULL DEFAULT '',
  PRIMARY KEY (id)
);

-- The metrics of the experiments that are analysed.
CREATE TABLE unfork_metrics (
  experiment text NOT NULL,
  metric text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('mean', 'ratio', 'proportion', 'rare', 'count', 'quantile')),
  cuped integer NOT NULL DEFAULT 0,
  winsorize double precision,
  PRIMARY KEY (experiment, metric)
);

-- Sums by unit and day. Instead of the view a table may be filled day by day.
CREATE VIEW unfork_device_days AS
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
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10;

-- What each unit is counted under.
CREATE VIEW unfork_unit_exposures AS
WITH firsts AS (
  SELECT
    experiment, unit,
    min(CASE WHEN kind = 'exposure' THEN first_time * 8192 + phase * 8 + CASE arm WHEN 'treatment' THEN 4 ELSE 0 END + CASE pair WHEN 'mixed' THEN 2 WHEN 'same' THEN 1 ELSE 0 END END) AS first_key,
    max(CASE WHEN kind <> 'exposure' AND period = '' THEN last_time END) AS heard,
    max(CASE arm WHEN 'treatment' THEN 1 ELSE 0 END) - min(CASE arm WHEN 'treatment' THEN 1 ELSE 0 END) AS switched
  FROM unfork_device_days
  WHERE experiment IN (SELECT experiment FROM unfork_metrics)
  GROUP BY experiment, unit
)
SELECT
  experiment, unit,
  CAST(first_key & 8191 AS integer) AS cell,
  CAST((first_key - (first_key & 8191)) / 8192 AS bigint) AS first_time,
  heard, switched
FROM firsts
WHERE first_key IS NOT NULL;

-- Each unit's whole value.
CREATE VIEW unfork_unit_metrics AS
WITH parts AS (
  SELECT metric, experiment, unit, arm, period, events, value_sum, value_max, denominator_sum FROM unfork_device_days WHERE kind = 'metric'
  UNION ALL
  SELECT metric, experiment, unit, arm, period, events, value_sum, value_max, denominator_sum FROM unfork_device_days WHERE kind = 'crash'
  UNION ALL
  SELECT 'crash', experiment, unit, arm, period, events, value_sum, value_max, denominator_sum FROM unfork_device_days WHERE kind = 'crash'
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
WHERE s.events > 0 OR m.kind IN ('count', 'proportion', 'rare');

-- The sums that estimates are made of.
CREATE VIEW unfork_arm_statistics AS
WITH arms AS (
  SELECT experiment, cell, count(*) AS exposed FROM unfork_unit_exposures GROUP BY experiment, cell
),
totals AS (SELECT experiment, sum(exposed) AS exposed FROM arms GROUP BY experiment),
ranked AS (
  SELECT
    u.experiment, u.metric, u.x,
    row_number() OVER (PARTITION BY u.experiment, u.metric ORDER BY u.x) AS rank,
    count(*) OVER (PARTITION BY u.experiment, u.metric) AS present,
    CASE WHEN m.kind IN ('count', 'proportion', 'rare') THEN t.exposed ELSE NULL END AS exposed,
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
),
sums AS (
  SELECT
    experiment, cell, metric,
    count(*) AS present,
    count(*) FILTER (WHERE x > 0) AS positive,
    sum(x) AS x, sum(x * x) AS xx,
    sum(d) AS d, sum(d * d) AS dd, sum(x * d) AS xd,
    sum(c) AS c, sum(c * c) AS cc, sum(x * c) AS xc, sum(d * c) AS dc
  FROM (
    SELECT u.experiment, u.cell, u.metric, CASE WHEN u.x > p.cap THEN p.cap ELSE u.x END AS x, u.d, u.c
    FROM unfork_unit_metrics u
    LEFT JOIN caps p ON p.experiment = u.experiment AND p.metric = u.metric
  ) AS capped
  GROUP BY experiment, cell, metric
)
SELECT
  a.experiment,
  a.cell >> 3 AS phase,
  CASE WHEN (a.cell & 4) = 4 THEN 'treatment' ELSE 'control' END AS arm,
  CASE a.cell & 3 WHEN 2 THEN 'mixed' WHEN 1 THEN 'same' ELSE '' END AS pair,
  m.metric, m.kind,
  CASE WHEN m.kind IN ('count', 'proportion', 'rare') THEN a.exposed ELSE coalesce(s.present, 0) END AS units,
  coalesce(s.positive, 0) AS events,
  coalesce(s.x, 0) AS sum, coalesce(s.xx, 0) AS sum_squares,
  s.d AS denominator_sum, s.dd AS denominator_squares, s.xd AS "cross",
  s.c AS covariate_sum, s.cc AS covariate_squares, s.xc AS covariate_cross, s.dc AS covariate_denominator_cross
FROM arms a
JOIN unfork_metrics m ON m.experiment = a.experiment
LEFT JOIN sums s ON s.experiment = a.experiment AND s.cell = a.cell AND s.metric = m.metric
ORDER BY 1, 2, 3, 4, 5;

-- Units of each arm, and those that fell silent for a day.
CREATE VIEW unfork_arm_exposures AS
SELECT
  u.experiment,
  u.cell >> 3 AS phase,
  CASE WHEN (u.cell & 4) = 4 THEN 'treatment' ELSE 'control' END AS arm,
  CASE u.cell & 3 WHEN 2 THEN 'mixed' WHEN 1 THEN 'same' ELSE '' END AS pair,
  count(*) AS units,
  count(*) FILTER (WHERE u.first_time <= (SELECT CAST(extract(epoch FROM now()) * 1000 AS bigint)) - 86400000) AS due,
  count(*) FILTER (WHERE u.first_time <= (SELECT CAST(extract(epoch FROM now()) * 1000 AS bigint)) - 86400000 AND (u.heard IS NULL OR u.heard < u.first_time)) AS silent,
  count(*) FILTER (WHERE u.first_time > (SELECT CAST(extract(epoch FROM now()) * 1000 AS bigint)) - 86400000 AND u.first_time <= (SELECT CAST(extract(epoch FROM now()) * 1000 AS bigint))) AS units_last_day,
  count(*) FILTER (WHERE u.switched = 1) AS switched
FROM unfork_unit_exposures u
GROUP BY u.experiment, u.cell
ORDER BY 1, 2, 3, 4;

-- Units by the day of their first exposure.
CREATE VIEW unfork_exposure_days AS
SELECT
  u.experiment,
  u.cell >> 3 AS phase,
  CASE WHEN (u.cell & 4) = 4 THEN 'treatment' ELSE 'control' END AS arm,
  CASE u.cell & 3 WHEN 2 THEN 'mixed' WHEN 1 THEN 'same' ELSE '' END AS pair,
  CAST((u.first_time - u.first_time % 86400000) / 86400000 AS bigint) AS day,
  count(*) AS units
FROM unfork_unit_exposures u
GROUP BY u.experiment, u.cell, 5
ORDER BY 1, 2, 3, 4, 5;

-- Quantile metrics: the units' values in order.
CREATE VIEW unfork_histograms AS
WITH ranked AS (
  SELECT
    u.experiment, u.cell, u.metric, u.x,
    row_number() OVER (PARTITION BY u.experiment, u.cell, u.metric ORDER BY u.x) AS rank,
    count(*) OVER (PARTITION BY u.experiment, u.cell, u.metric) AS units,
    min(u.x) OVER (PARTITION BY u.experiment, u.cell, u.metric) AS lowest
  FROM unfork_unit_metrics u
  JOIN unfork_metrics m ON m.experiment = u.experiment AND m.metric = u.metric
  WHERE m.kind = 'quantile'
),
binned AS (
  SELECT
    experiment, cell, metric, x,
    CASE
      WHEN x = lowest THEN 0
      WHEN units <= 2000 THEN rank
      ELSE CAST((rank * 2000 - 1 - (rank * 2000 - 1) % units) / units AS bigint) + 1
    END AS bin
  FROM ranked
),
bins AS (
  SELECT experiment, cell, metric, bin, max(x) AS highest, min(x) AS lowest, count(*) AS units
  FROM binned
  GROUP BY experiment, cell, metric, bin
)
SELECT
  b.experiment,
  b.cell >> 3 AS phase,
  CASE WHEN (b.cell & 4) = 4 THEN 'treatment' ELSE 'control' END AS arm,
  CASE b.cell & 3 WHEN 2 THEN 'mixed' WHEN 1 THEN 'same' ELSE '' END AS pair,
  b.metric,
  CASE
    WHEN b.lowest = b.highest THEN b.highest
    ELSE lag(b.highest) OVER (PARTITION BY b.experiment, b.cell, b.metric ORDER BY b.bin)
  END AS "from",
  b.highest AS "to",
  b.units
FROM bins b
ORDER BY 1, 2, 3, 4, 5, b.bin;

-- One document per experiment for unfork experiment analyze.
CREATE VIEW unfork_analysis AS
WITH bins AS (
  SELECT experiment, phase, arm, pair, metric, json_agg(json_build_array("from", "to", units) ORDER BY "to", "from") AS histogram
  FROM unfork_histograms
  GROUP BY experiment, phase, arm, pair, metric
),
statistics AS (
  SELECT s.experiment, json_agg(json_build_object(
    'experiment', s.experiment, 'phase', s.phase, 'arm', s.arm, 'pair', nullif(s.pair, ''), 'metric', s.metric, 'units', s.units, 'sum', s.sum, 'sumSquares', s.sum_squares,
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
    'experiment', s.experiment, 'phase', s.phase, 'arm', s.arm, 'pair', nullif(s.pair, ''), 'units', s.units, 'silent', s.silent, 'due', s.due, 'unitsLastDay', s.units_last_day
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
JOIN statistics s ON s.experiment = e.experiment;
