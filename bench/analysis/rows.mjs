/** Made-up rows of a fleet, written by DuckDB: 54 use cases, two flavors, five metrics. `{e}` stands for the use case's number. */

export const USE_CASES = 54;
const KINDS = { "join-ms": "mean", freezes: "ratio", "call-failed": "proportion", crash: "rare", bitrate: "mean" };
const NAMES = Object.keys(KINDS);

/** What the product's SQL is asked. */
export const EXPERIMENTS = Array.from({ length: USE_CASES }, (_, index) => ({
  id: `uc${String(index).padStart(2, "0")}-m150`,
  metrics: NAMES.map((name) => ({ name, kind: KINDS[name], cuped: name === "bitrate" })),
}));

const EXPERIMENT = "'uc' || lpad(e::varchar, 2, '0') || '-m150'";
const ARM = "CASE WHEN u % 2 = 0 THEN 'treatment' ELSE 'control' END";
/** Phase 1: 8, and 4 for the treatment (src/store/telemetry/sql/cells.ts). */
const CELL = "8 + CASE WHEN u % 2 = 0 THEN 4 ELSE 0 END";
const UNIT = "md5((u * 54 + e)::varchar)::uuid";

/** Device-metric rows (one per unit and metric) of use case `e` and their units, as the analysis' own two steps leave them. */
export function unitRows(rows) {
  const units = Math.floor(rows / USE_CASES / NAMES.length);
  const value = `CASE m WHEN 0 THEN hash(u, e) % 100000 / 7.0 WHEN 1 THEN hash(u, e) % 5 WHEN 2 THEN hash(u, e) % 2 WHEN 3 THEN 1
    ELSE hash(u, e, 1) % 100000 / 70.0 END`;
  return {
    units: units * USE_CASES,
    metrics: `SELECT ${EXPERIMENT} AS experiment, CAST(${CELL} AS integer) AS cell,
      [${NAMES.map((name) => `'${name}'`).join(", ")}][m + 1] AS metric, ${UNIT} AS unit, CAST(${value} AS double) AS x,
      CAST(CASE WHEN m = 1 THEN 1 + hash(u, e, 3) % 1000 / 1000.0 END AS double) AS d,
      CAST(CASE WHEN m = 4 THEN hash(u, e, 4) % 100000 / 70.0 END AS double) AS c, CAST(3 AS bigint) AS events
      FROM range({e}, {e} + 1) a(e), range(${NAMES.length}) b(m), range(${units}) c(u) ORDER BY metric, cell`,
    exposures: `SELECT ${EXPERIMENT} AS experiment, ${UNIT} AS unit, CAST(${CELL} AS integer) AS cell,
      CAST(1796000000000 AS bigint) AS first_time, CAST(1796000001000 AS bigint) AS heard, 0 AS switched
      FROM range({e}, {e} + 1) a(e), range(${units}) c(u) ORDER BY cell`,
  };
}

const DAYS = 5;
/** Of a unit and a day: its exposure, two metrics, its end. */
const DAY_ROWS = [
  ["exposure", ""],
  ["metric", "join-ms"],
  ["metric", "freezes"],
  ["end", ""],
];

/** Device-days of use case `e`: each unit on five days. */
export function deviceDays(rows) {
  const units = Math.floor(rows / USE_CASES / DAYS / DAY_ROWS.length);
  return {
    units: units * USE_CASES,
    days: `SELECT ${EXPERIMENT} AS experiment, 'uc' || e AS use_case, CAST(1 AS integer) AS phase, ${ARM} AS arm, '' AS pair, ${UNIT} AS unit,
      CAST(20787 + day AS bigint) AS day, [${DAY_ROWS.map(([kind]) => `'${kind}'`).join(", ")}][m + 1] AS kind,
      [${DAY_ROWS.map(([, metric]) => `'${metric}'`).join(", ")}][m + 1] AS metric, '' AS period, CAST(3 AS bigint) AS events,
      CAST(hash(u, e, day, m) % 100000 / 7.0 AS double) AS value_sum, CAST(hash(u, e, day) % 100000 / 20.0 AS double) AS value_max, CAST(3 AS double) AS denominator_sum,
      CAST(1796000000000 + day * 86400000 + u AS bigint) AS first_time, CAST(1796000000000 + day * 86400000 + u + m AS bigint) AS last_time
      FROM range({e}, {e} + 1) a(e), range(${DAY_ROWS.length}) b(m), range(${DAYS}) d(day), range(${units}) c(u) ORDER BY metric, arm`,
  };
}
