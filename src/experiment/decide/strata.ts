/** Owns the rows of an analysis brought together: per metric, the two arms of each phase. */
import type { ArmExposure, ArmStatistics } from "../../model/arm-statistics.js";
import { addExposures, addStatistics, mergeRows } from "./merge-rows.js";

/** Both arms of one phase; they ran over the same days, and are compared with each other only. */
export interface Stratum<Row> {
  readonly phase: number;
  readonly treatment: Row;
  readonly control: Row;
}

export type MetricStrata = readonly Stratum<ArmStatistics>[];

interface RowOf {
  readonly phase: number;
  readonly arm: "treatment" | "control";
}

/** Phases with both arms, in their order; a phase without control (100 %) has nothing to be compared with. */
export function strataOf<Row extends RowOf>(rows: Iterable<Row>): Stratum<Row>[] {
  const found = new Map<number, { treatment?: Row; control?: Row }>();
  for (const row of rows) {
    const pair = found.get(row.phase) ?? {};
    pair[row.arm] = row;
    found.set(row.phase, pair);
  }
  return [...found]
    .flatMap(([phase, { treatment, control }]) => (treatment === undefined || control === undefined ? [] : [{ phase, treatment, control }]))
    .toSorted((a, b) => a.phase - b.phase);
}

/** The strata of each metric, of mixed pairs or of all others: those told to be the same, and those of which nothing is told. */
export function strataByMetric(rows: readonly ArmStatistics[], mixed: boolean): ReadonlyMap<string, MetricStrata> {
  const byMetric = new Map<string, ArmStatistics[]>();
  for (const row of rows) {
    if ((row.pair === "mixed") !== mixed) continue;
    const list = byMetric.get(row.metric);
    if (list === undefined) byMetric.set(row.metric, [row]);
    else list.push(row);
  }
  return new Map([...byMetric].map(([metric, list]) => [metric, strataOf(mergeRows(list, addStatistics))]));
}

/** The exposures of each phase; a unit of a mixed pair was exposed like any other, so both kinds are counted together. */
export function exposureStrata(rows: readonly ArmExposure[]): Stratum<ArmExposure>[] {
  return strataOf(mergeRows(rows, addExposures));
}

/** Units of the smaller arm, over all phases with both. */
export function unitsPerArm(strata: readonly Stratum<{ readonly units: number }>[]): number {
  let [treatment, control] = [0, 0];
  for (const stratum of strata) {
    treatment += stratum.treatment.units;
    control += stratum.control.units;
  }
  return Math.min(treatment, control);
}
