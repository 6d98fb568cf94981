/** Owns the metrics of an analysis as rows of SQL. */
import type { Metric } from "../../../model/experiment.js";

/** What an analysis needs of an experiment. */
export interface AnalysedExperiment {
  readonly id: string;
  readonly metrics: readonly Pick<Metric, "name" | "kind" | "winsorize" | "cuped">[];
}

/** Kinds that have a value for every exposed unit: 0 without an event. */
export const EVERY_UNIT_KINDS = "('count', 'proportion', 'rare')";

/** Events that a metric's name stands for beside metric events of that name. */
const CRASHES: Readonly<Record<string, readonly string[]>> = {
  crash: ["crash.startup", "crash.running"],
  "crash.startup": ["crash.startup"],
  "crash.running": ["crash.running"],
};

/** A text as a literal; names are checked at the door, this holds for any. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** `metrics (experiment, metric, kind, cuped, winsorize)`, for a WITH. */
export function metricList(experiments: readonly AnalysedExperiment[]): string {
  const rows = experiments.flatMap(({ id, metrics }) =>
    metrics.map(({ name, kind, cuped, winsorize }) => [
      literal(id),
      literal(name),
      literal(kind),
      cuped === true ? 1 : 0,
      winsorize ?? "NULL",
    ]),
  );
  return `metrics AS (
  SELECT
    CAST(v.a AS text) AS experiment, CAST(v.b AS text) AS metric, CAST(v.c AS text) AS kind,
    CAST(v.d AS integer) AS cuped, CAST(v.e AS double precision) AS winsorize
  FROM (VALUES ${valuesOf(rows)}) AS v (a, b, c, d, e)
)`;
}

/** `sources (experiment, metric, kind, source)`: which device-days a metric is made of. */
export function sourceList(experiments: readonly AnalysedExperiment[]): string {
  const rows = experiments.flatMap(({ id, metrics }) =>
    metrics.flatMap(({ name }) => [
      [literal(id), literal(name), "'metric'", literal(name)],
      ...(CRASHES[name] ?? []).map((source) => [literal(id), literal(name), "'crash'", literal(source)]),
    ]),
  );
  return `sources AS (
  SELECT CAST(v.a AS text) AS experiment, CAST(v.b AS text) AS metric, CAST(v.c AS text) AS kind, CAST(v.d AS text) AS source
  FROM (VALUES ${valuesOf(rows)}) AS v (a, b, c, d)
)`;
}

function valuesOf(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `(${row.join(", ")})`).join(", ");
}
