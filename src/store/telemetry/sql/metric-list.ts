/** Owns the metrics of an analysis as a table. */
import type { Metric } from "../../../model/experiment.js";

/** What an analysis needs of an experiment. */
export interface AnalysedExperiment {
  readonly id: string;
  readonly metrics: readonly Pick<Metric, "name" | "kind" | "winsorize" | "cuped">[];
}

/** Kinds that have a value for every exposed unit: 0 without an event. */
export const EVERY_UNIT_KINDS = "('count', 'proportion', 'rare')";

/** A text as a literal; names are checked at the door, this holds for any. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The rows of `unfork_metrics (experiment, metric, kind, cuped, winsorize)`: the one text that differs from analysis to analysis. */
export function metricsSql(experiments: readonly AnalysedExperiment[]): string {
  const rows = experiments.flatMap(({ id, metrics }) =>
    metrics.map(
      ({ name, kind, cuped, winsorize }) =>
        `(${literal(id)}, ${literal(name)}, ${literal(kind)}, ${cuped === true ? 1 : 0}, ${winsorize ?? "NULL"})`,
    ),
  );
  return `
SELECT
  CAST(v.a AS text) AS experiment, CAST(v.b AS text) AS metric, CAST(v.c AS text) AS kind,
  CAST(v.d AS integer) AS cuped, CAST(v.e AS double precision) AS winsorize
FROM (VALUES ${rows.join(", ")}) AS v (a, b, c, d, e)`;
}
