/** Owns rows of one arm and phase that were told apart by their pair, brought together: their units are different ones, so that sums add up. */
import type { ArmExposure, ArmStatistics } from "../../model/arm-statistics.js";

/** One row per phase and arm, in the order of the first of each. */
export function mergeRows<Row extends { readonly phase: number; readonly arm: string }>(
  rows: readonly Row[],
  add: (a: Row, b: Row) => Row,
): readonly Row[] {
  const merged = new Map<string, Row>();
  for (const row of rows) {
    const key = `${String(row.phase)} ${row.arm}`;
    const before = merged.get(key);
    merged.set(key, before === undefined ? row : add(before, row));
  }
  return merged.size === rows.length ? rows : [...merged.values()];
}

export function addExposures(a: ArmExposure, b: ArmExposure): ArmExposure {
  return {
    ...a,
    units: a.units + b.units,
    silent: a.silent + b.silent,
    due: (a.due ?? a.units) + (b.due ?? b.units),
    unitsLastDay: (a.unitsLastDay ?? 0) + (b.unitsLastDay ?? 0),
  };
}

const OPTIONAL_SUMS = [
  "denominatorSum",
  "denominatorSquares",
  "cross",
  "covariateSum",
  "covariateSquares",
  "covariateCross",
  "covariateDenominatorCross",
] as const;

export function addStatistics(a: ArmStatistics, b: ArmStatistics): ArmStatistics {
  const sums = OPTIONAL_SUMS.flatMap((key) => (a[key] === undefined && b[key] === undefined ? [] : [[key, (a[key] ?? 0) + (b[key] ?? 0)]]));
  return {
    ...a,
    units: a.units + b.units,
    sum: a.sum + b.sum,
    sumSquares: a.sumSquares + b.sumSquares,
    ...(Object.fromEntries(sums) as Partial<ArmStatistics>),
    ...(a.events === undefined && b.events === undefined ? {} : { events: (a.events ?? a.sum) + (b.events ?? b.sum) }),
    ...(a.histogram === undefined && b.histogram === undefined ? {} : { histogram: [...(a.histogram ?? []), ...(b.histogram ?? [])] }),
  };
}
