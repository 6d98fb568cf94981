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

-- Which device-days a metric is made of.
CREATE VIEW unfork_sources AS
SELECT experiment, metric, kind, cuped, 'metric' AS source_kind, metric AS source FROM unfork_metrics
UNION ALL
SELECT experiment, metric, kind, cuped, 'crash', 'crash.startup' FROM unfork_metrics WHERE metric IN ('crash', 'crash.startup')
UNION ALL
SELECT experiment, metric, kind, cuped, 'crash', 'crash.running' FROM unfork_metrics WHERE metric IN ('crash', 'crash.running');

-- What each unit is counted under.
CREATE VIEW unfork_unit_exposures AS
WITH firsts AS (
  SELECT
    experiment, unit,
    min(CASE WHEN kind = 'exposure' THEN
      first_time * 8192 + phase * 8
        + CASE arm WHEN 'treatment' THEN 4 ELSE 0 END
        + CASE pair WHEN 'mixed' THEN 2 WHEN 'same' THEN 1 ELSE 0 END
    END) AS first_key,
    max(CASE WHEN kind <> 'exposure' AND period = '' THEN last_time END) AS heard,
    CASE WHEN min(arm) <> max(arm) THEN 1 ELSE 0 END AS switched
  FROM unfork_device_days
  GROUP BY experiment, unit
)
SELECT
  experiment, unit,
  CAST((first_key >> 3) & 1023 AS integer) AS phase,
  CASE WHEN (first_key & 4) = 4 THEN 'treatment' ELSE 'control' END AS arm,
  CASE first_key & 3 WHEN 2 THEN 'mixed' WHEN 1 THEN 'same' ELSE '' END AS pair,
  first_key >> 13 AS first_time,
  heard, switched
FROM firsts
WHERE first_key IS NOT NULL;

-- Each unit's whole value.
CREATE VIEW unfork_unit_metrics AS
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
WHERE events > 0 OR kind IN ('count', 'proportion', 'rare');

-- The sums that estimates are made of.
CREATE VIEW unfork_arm_statistics AS
WITH arms AS (
  SELECT experiment, phase, arm, pair, count(*) AS exposed FROM unfork_unit_exposures GROUP BY experiment, phase, arm, pair
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
    experiment, phase, arm, pair, metric,
    count(*) AS present,
    count(*) FILTER (WHERE x > 0) AS positive,
    sum(x) AS x, sum(x * x) AS xx,
    sum(d) AS d, sum(d * d) AS dd, sum(x * d) AS xd,
    sum(c) AS c, sum(c * c) AS cc, sum(x * c) AS xc, sum(d * c) AS dc
  FROM (
    SELECT u.experiment, u.phase, u.arm, u.pair, u.metric, CASE WHEN u.x > p.cap THEN p.cap ELSE u.x END AS x, u.d, u.c
    FROM unfork_unit_metrics u
    LEFT JOIN caps p ON p.experiment = u.experiment AND p.metric = u.metric
  ) AS capped
  GROUP BY experiment, phase, arm, pair, metric
)
SELECT
  a.experiment, a.phase, a.arm, a.pair, m.metric, m.kind,
  CASE WHEN m.kind IN ('count', 'proportion', 'rare') THEN a.exposed ELSE coalesce(s.present, 0) END AS units,
  coalesce(s.positive, 0) AS events,
  coalesce(s.x, 0) AS sum, coalesce(s.xx, 0) AS sum_squares,
  s.d AS denominator_sum, s.dd AS denominator_squares, s.xd AS "cross",
  s.c AS covariate_sum, s.cc AS covariate_squares, s.xc AS covariate_cross, s.dc AS covariate_denominator_cross
FROM arms a
JOIN unfork_metrics m ON m.experiment = a.experiment
LEFT JOIN sums s
  ON s.experiment = a.experiment AND s.phase = a.phase AND s.arm = a.arm AND s.pair = a.pair AND s.metric = m.metric
ORDER BY 1, 2, 3, 4, 5;

-- Units of each arm, and those that fell silent for a day.
CREATE VIEW unfork_arm_exposures AS
SELECT
  experiment, phase, arm, pair,
  count(*) AS units,
  count(*) FILTER (WHERE first_time <= (SELECT CAST(extract(epoch FROM now()) * 1000 AS bigint)) - 86400000) AS due,
  count(*) FILTER (WHERE first_time <= (SELECT CAST(extract(epoch FROM now()) * 1000 AS bigint)) - 86400000 AND (heard IS NULL OR heard < first_time)) AS silent,
  count(*) FILTER (WHERE first_time > (SELECT CAST(extract(epoch FROM now()) * 1000 AS bigint)) - 86400000 AND first_time <= (SELECT CAST(extract(epoch FROM now()) * 1000 AS bigint))) AS units_last_day,
  count(*) FILTER (WHERE switched = 1) AS switched
FROM unfork_unit_exposures
GROUP BY experiment, phase, arm, pair
ORDER BY experiment, phase, arm, pair;

-- Units by the day of their first exposure.
CREATE VIEW unfork_exposure_days AS
SELECT
  experiment, phase, arm, pair,
  CAST((first_time - first_time % 86400000) / 86400000 AS bigint) AS day,
  count(*) AS units
FROM unfork_unit_exposures
GROUP BY 1, 2, 3, 4, 5
ORDER BY 1, 2, 3, 4, 5;

-- Quantile metrics: the units' values in order.
CREATE VIEW unfork_histograms AS
WITH ranked AS (
  SELECT
    u.experiment, u.phase, u.arm, u.pair, u.metric, u.x,
    row_number() OVER (PARTITION BY u.experiment, u.phase, u.arm, u.pair, u.metric ORDER BY u.x) AS rank,
    count(*) OVER (PARTITION BY u.experiment, u.phase, u.arm, u.pair, u.metric) AS units,
    min(u.x) OVER (PARTITION BY u.experiment, u.phase, u.arm, u.pair, u.metric) AS lowest
  FROM unfork_unit_metrics u
  JOIN unfork_metrics m ON m.experiment = u.experiment AND m.metric = u.metric
  WHERE m.kind = 'quantile'
),
binned AS (
  SELECT
    experiment, phase, arm, pair, metric, x,
    CASE
      WHEN x = lowest THEN 0
      WHEN units <= 2000 THEN rank
      ELSE CAST((rank * 2000 - 1 - (rank * 2000 - 1) % units) / units AS bigint) + 1
    END AS bin
  FROM ranked
),
bins AS (
  SELECT experiment, phase, arm, pair, metric, bin, max(x) AS highest, min(x) AS lowest, count(*) AS units
  FROM binned
  GROUP BY 1, 2, 3, 4, 5, 6
)
SELECT
  experiment, phase, arm, pair, metric,
  CASE
    WHEN lowest = highest THEN highest
    ELSE lag(highest) OVER (PARTITION BY experiment, phase, arm, pair, metric ORDER BY bin)
  END AS "from",
  highest AS "to",
  units
FROM bins
ORDER BY 1, 2, 3, 4, 5, bin;

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
