/** Owns the first step of an analysis: what each unit is counted under. */
import { CELLS, CELL_OF_ROW, cellColumns } from "./cells.js";

/**
 * From `unfork_device_days` and `unfork_metrics` one row per exposed unit of the experiments that are asked for: the cell (phase, arm, pair) of its first exposure, packed behind that exposure's
 * time into one number so that the first is found by one `min`; the last time that anything else was heard of it; whether it was seen in
 * both arms.
 */
export const UNIT_EXPOSURES_SQL = `
WITH firsts AS (
  SELECT
    experiment, unit,
    min(CASE WHEN kind = 'exposure' THEN first_time * ${CELLS} + ${CELL_OF_ROW} END) AS first_key,
    max(CASE WHEN kind <> 'exposure' AND period = '' THEN last_time END) AS heard,
    max(CASE arm WHEN 'treatment' THEN 1 ELSE 0 END) - min(CASE arm WHEN 'treatment' THEN 1 ELSE 0 END) AS switched
  FROM unfork_device_days
  WHERE experiment IN (SELECT experiment FROM unfork_metrics)
  GROUP BY experiment, unit
)
SELECT
  experiment, unit,
  CAST(first_key & ${CELLS - 1} AS integer) AS cell,
  CAST((first_key - (first_key & ${CELLS - 1})) / ${CELLS} AS bigint) AS first_time,
  heard, switched
FROM firsts
WHERE first_key IS NOT NULL`;

/**
 * From `unfork_unit_exposures` the units of each arm: all, those old enough to have been heard of, those of them that were not, those
 * of the last day, and those seen in both arms. `now` (a number, or SQL for one) and `graceMs` in ms.
 */
export function armExposuresSql(now: number | string, graceMs: number): string {
  return `
SELECT
  u.experiment,
  ${cellColumns("u")},
  count(*) AS units,
  count(*) FILTER (WHERE u.first_time <= ${now} - ${graceMs}) AS due,
  count(*) FILTER (WHERE u.first_time <= ${now} - ${graceMs} AND (u.heard IS NULL OR u.heard < u.first_time)) AS silent,
  count(*) FILTER (WHERE u.first_time > ${now} - 86400000 AND u.first_time <= ${now}) AS units_last_day,
  count(*) FILTER (WHERE u.switched = 1) AS switched
FROM unfork_unit_exposures u
GROUP BY u.experiment, u.cell
ORDER BY 1, 2, 3, 4`;
}

/** From `unfork_unit_exposures` the units that were first exposed on each day; `day` is days since 1970, UTC. */
export const EXPOSURE_DAYS_SQL = `
SELECT
  u.experiment,
  ${cellColumns("u")},
  CAST((u.first_time - u.first_time % 86400000) / 86400000 AS bigint) AS day,
  count(*) AS units
FROM unfork_unit_exposures u
GROUP BY u.experiment, u.cell, 5
ORDER BY 1, 2, 3, 4, 5`;
