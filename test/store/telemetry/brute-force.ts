/** Owns an analysis by loops over events, as the definitions read, to hold the SQL against. */
import type { Metric } from "../../../src/model/experiment.js";
import { groupBy } from "../../../src/support/group-by.js";
import type { TelemetryEvent } from "../../../src/model/telemetry.js";

type AskedMetric = Pick<Metric, "name" | "kind" | "winsorize" | "cuped">;

interface Unit {
  readonly phase: number;
  readonly arm: string;
  readonly pair: string;
  readonly events: readonly TelemetryEvent[];
}

interface Value {
  readonly unit: Unit;
  readonly x: number;
  readonly d: number;
  readonly c: number;
}

/** Rows as `analyse` gives them, by `phase arm pair metric`. */
export function bruteStatistics(events: readonly TelemetryEvent[], metrics: readonly AskedMetric[]): Map<string, Record<string, number>> {
  const units = unitsOf(events);
  const rows = new Map<string, Record<string, number>>();
  for (const metric of metrics) {
    const values = winsorized(
      units.flatMap((unit) => valueOf(unit, metric)),
      metric.winsorize,
    );
    const arms = new Set(units.map(armOf));
    for (const arm of arms)
      rows.set(
        `${arm} ${metric.name}`,
        sums(
          values.filter(({ unit }) => armOf(unit) === arm),
          metric,
        ),
      );
  }
  return rows;
}

export function armOf({ phase, arm, pair }: Unit): string {
  return `${phase} ${arm} ${pair}`;
}

function unitsOf(events: readonly TelemetryEvent[]): Unit[] {
  const byUnit = groupBy(events, ({ unit }) => unit);
  return [...byUnit.values()].flatMap((own) => {
    const [first] = own.filter(({ type }) => type === "exposure").toSorted((a, b) => Number(a.time) - Number(b.time));
    return first === undefined ? [] : [{ phase: first.phase, arm: first.arm, pair: first.pair ?? "", events: own }];
  });
}

function numbers(unit: Unit, name: string, period: string): { readonly value: number; readonly denominator: number }[] {
  return unit.events.flatMap((one) => {
    if (one.arm !== unit.arm) return [];
    if (one.type === "crash" && name === "crash" && period === "") return [{ value: 1, denominator: 1 }];
    if (one.type !== "metric" || one.metric !== name || (one.period ?? "") !== period) return [];
    return [{ value: one.value, denominator: one.denominator ?? 1 }];
  });
}

function valueOf(unit: Unit, { name, kind }: AskedMetric): Value[] {
  const own = numbers(unit, name, "");
  const isForAll = kind === "count" || kind === "proportion" || kind === "rare";
  if (own.length === 0 && !isForAll) return [];
  const d = total(own.map(({ denominator }) => denominator));
  return [{ unit, x: whole(own, kind), d, c: whole(numbers(unit, name, "before"), kind) }];
}

function whole(own: readonly { readonly value: number }[], kind: string): number {
  const values = own.map(({ value }) => value);
  if (values.length === 0) return 0;
  if (kind === "mean" || kind === "quantile") return total(values) / values.length;
  if (kind === "count" || kind === "ratio") return total(values);
  return values.some((value) => value > 0) ? 1 : 0;
}

function winsorized(values: readonly Value[], at: number | undefined): readonly Value[] {
  if (at === undefined) return values;
  const sorted = values.map(({ x }) => x).toSorted((a, b) => a - b);
  const place = at * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.floor(place) + 1] ?? low;
  const cap = low + (place - Math.floor(place)) * (high - low);
  return values.map((value) => ({ ...value, x: Math.min(value.x, cap) }));
}

function sums(values: readonly Value[], { kind, cuped }: AskedMetric): Record<string, number> {
  const of = (each: (value: Value) => number) => total(values.map(each));
  return {
    units: values.length,
    sum: of(({ x }) => x),
    sumSquares: of(({ x }) => x * x),
    events: values.filter(({ x }) => x > 0).length,
    ...(kind === "ratio" && values.length > 0
      ? { denominatorSum: of(({ d }) => d), denominatorSquares: of(({ d }) => d * d), cross: of(({ x, d }) => x * d) }
      : {}),
    ...(cuped === true && values.length > 0
      ? { covariateSum: of(({ c }) => c), covariateSquares: of(({ c }) => c * c), covariateCross: of(({ x, c }) => x * c) }
      : {}),
    ...(cuped === true && kind === "ratio" && values.length > 0 ? { covariateDenominatorCross: of(({ d, c }) => d * c) } : {}),
  };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
