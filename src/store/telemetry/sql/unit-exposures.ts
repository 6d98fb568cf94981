/** Owns the first step of an analysis: what each unit is counted under. */

/**
 * From `unfork_device_days` one row per unit that was exposed: the phase, arm and pair of its first exposure, packed behind that
 * exposure's time into one number so that the first is found by one `min` (time × 8192 + phase × 8 + arm × 4 + pair); the last time
 * that anything else was heard of it; whether it was seen in both arms.
 */
export const UNIT_EXPOSURES_SQL = `
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
WHERE first_key IS NOT NULL`;

/**
 * From `unfork_unit_exposures` the units of each arm: all, those old enough to have been heard of, those of them that were not, those
 * of the last day, and those seen in both arms. `now` (a number, or SQL for one) and `graceMs` in ms.
 */
export function armExposuresSql(now: number | string, graceMs: number): string {
  return `
SELECT
  experiment, phase, arm, pair,
  count(*) AS units,
  count(*) FILTER (WHERE first_time <= ${now} - ${graceMs}) AS due,
  count(*) FILTER (WHERE first_time <= ${now} - ${graceMs} AND (heard IS NULL OR heard < first_time)) AS silent,
  count(*) FILTER (WHERE first_time > ${now} - 86400000 AND first_time <= ${now}) AS units_last_day,
  count(*) FILTER (WHERE switched = 1) AS switched
FROM unfork_unit_exposures
GROUP BY experiment, phase, arm, pair
ORDER BY experiment, phase, arm, pair`;
}

/** From `unfork_unit_exposures` the units that were first exposed on each day; `day` is days since 1970, UTC. */
export const EXPOSURE_DAYS_SQL = `
SELECT
  experiment, phase, arm, pair,
  CAST((first_time - first_time % 86400000) / 86400000 AS bigint) AS day,
  count(*) AS units
FROM unfork_unit_exposures
GROUP BY 1, 2, 3, 4, 5
ORDER BY 1, 2, 3, 4, 5`;
