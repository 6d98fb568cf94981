/** Owns how often the arms of an experiment were used in some span of time. */
import { join } from "node:path";

import type { Arm } from "../../../model/experiment.js";
import type { Duck } from "../files/duck.js";
import { overFiles } from "../files/over-files.js";
import { parquet } from "../files/sql-text.js";
import { literal } from "../sql/metric-list.js";

/** From `from` to before `to`, ms since 1970 by the devices' clocks. */
export interface ExposureSpan {
  readonly experiments: readonly string[];
  readonly from: number;
  readonly to: number;
  /** Only by seeds from this version on. */
  readonly seedFrom?: number | undefined;
}

/** Exposures of each arm; a unit counts as often as it told one. */
export type ExposureCounts = Readonly<Record<Arm, number>>;

/** Counts what the Parquet files of the events have, one answer per span, in that order. Throws `disk`. */
export async function countExposures(duck: Duck, dir: string, spans: readonly ExposureSpan[]): Promise<readonly ExposureCounts[]> {
  return overFiles(dir, async ({ eventFiles }) => {
    const files = eventFiles.filter(({ minTime, maxTime }) => spans.some(({ from, to }) => minTime < to && maxTime >= from));
    const rows =
      files.length === 0
        ? []
        : await duck.query(
            countSql(
              files.map(({ file }) => join(dir, file)),
              spans,
            ),
          );
    const found = new Map(rows.map(({ place, arm, exposures }) => [`${String(place)} ${String(arm)}`, Number(exposures)]));
    return spans.map((_, place) => ({
      treatment: found.get(`${place} treatment`) ?? 0,
      control: found.get(`${place} control`) ?? 0,
    }));
  });
}

function countSql(paths: readonly string[], spans: readonly ExposureSpan[]): string {
  const rows = spans.flatMap(({ experiments, from, to, seedFrom = 0 }, place) =>
    experiments.map((experiment) => `(${place}, ${literal(experiment)}, ${Math.floor(from)}, ${Math.floor(to)}, ${seedFrom})`),
  );
  // Told to the scan itself, so that parts of files outside are not read.
  const [first, last] = [Math.min(...spans.map(({ from }) => Math.floor(from))), Math.max(...spans.map(({ to }) => Math.floor(to)))];
  return `
SELECT s.place, e.arm, count(*) AS exposures
FROM ${parquet(paths)} e
JOIN (VALUES ${rows.join(", ")}) AS s(place, experiment, start, until, seed_from)
  ON e.experiment = s.experiment AND e.time >= s.start AND e.time < s.until AND e.seed >= s.seed_from
WHERE e.type = 'exposure' AND e.time >= ${first} AND e.time < ${last}
GROUP BY 1, 2`;
}
