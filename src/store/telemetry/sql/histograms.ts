/** Owns what quantiles are made of: the units' values in order, as bins. */
import { cellColumns } from "./cells.js";

/** Bins per arm and metric: one per unit up to so many units; beyond, of equal size, so that a rank is off by less than 1 / 2000. */
export const MOST_BINS = 2000;

/**
 * From `unfork_metrics` and `unfork_unit_metrics` one row per bin of every quantile metric: units with a value in (from, to], or at `to` where both are equal.
 * The lowest value has a bin of its own, as nothing lies before it.
 */
export const HISTOGRAMS_SQL = `
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
      WHEN units <= ${MOST_BINS} THEN rank
      ELSE CAST((rank * ${MOST_BINS} - 1 - (rank * ${MOST_BINS} - 1) % units) / units AS bigint) + 1
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
  ${cellColumns("b")},
  b.metric,
  CASE
    WHEN b.lowest = b.highest THEN b.highest
    ELSE lag(b.highest) OVER (PARTITION BY b.experiment, b.cell, b.metric ORDER BY b.bin)
  END AS "from",
  b.highest AS "to",
  b.units
FROM bins b
ORDER BY 1, 2, 3, 4, 5, b.bin`;
