/** Owns the promote layer: whether a metric is shown to be no worse than by the margin, at the gate behind a stage. */
import type { Gate, GateLook } from "../../model/decision.js";
import type { Metric, Stage } from "../../model/experiment.js";
import { spendingBounds } from "../../stats/group-sequential/boundaries.js";
import { obrienFlemingSpending } from "../../stats/group-sequential/spending.js";
import { normalUpperQuantile } from "../../stats/distributions/normal.js";
import { oneSidedLogE, tunedPrecision } from "../../stats/sequential/asymptotic.js";
import { type Effect, harmSign } from "./effect.js";
import { BURN_IN } from "./evidence.js";
import { PLANNED_UNITS, plannedUnits } from "./planned-units.js";
import { quantileNoWorse } from "./quantile.js";
import { rareCounts, restrictedError } from "./rare.js";
import type { MetricStrata } from "./strata.js";

/** The chance that a metric worse by the margin passes a gate: 0.04 at the planned looks, 0.01 at any time by the always-valid bound. */
export const PLANNED_ALPHA = 0.04;
export const ALWAYS_ALPHA = 0.01;

/** Looks less apart than this share of the planned units are not taken: they would spend without telling more. */
const APART = 0.05;

export interface GateRequest {
  readonly metric: Metric;
  readonly stage: Stage;
  readonly strata: MetricStrata;
  readonly effect: Effect | undefined;
  /** Looks at this gate so far. */
  readonly looks: readonly GateLook[];
  /** The stage's exposures and hours are there, so that a planned look may be taken. */
  readonly due: boolean;
}

/** Where the metric stands before its gate; `fraction` grew beyond the last look's only when a look was taken. */
export function gateOf(request: GateRequest): Gate {
  const { metric, stage, strata, effect, looks } = request;
  const margin = metric.margin * stage.marginFactor;
  const room = roomOf(metric, strata, effect, margin);
  const past = looks.flatMap(({ fractions }) => fractions[metric.name] ?? []);
  const last = past.at(-1) ?? 0;
  if (room === undefined) return { margin, z: null, bound: null, fraction: last, passed: false };
  const now = Math.min(1, room.n / 2 / plannedUnits(metric, stage));
  const fraction = now > 1 - APART ? 1 : now;
  const looking = request.due && (fraction >= last + APART || (fraction === 1 && last < 1));
  const bound = boundAt(looking ? [...past, fraction] : last === 0 ? [Math.max(fraction, APART)] : past);
  const good = room.z > 0;
  const planned = (looking && room.z >= bound) || passedBefore(request);
  const always = alwaysLogE(metric, strata, margin, room) >= -Math.log(ALWAYS_ALPHA);
  const passed = good && (planned || always);
  return {
    margin,
    z: finite(room.z),
    bound: finite(bound),
    fraction: looking ? fraction : last,
    ...(passed ? { by: planned ? ("planned" as const) : ("always-valid" as const) } : {}),
    passed,
  };
}

/** Passed at an earlier look: the error that a gate spends is that of passing at any of its looks. */
function passedBefore({ metric, looks }: GateRequest): boolean {
  return looks.some(({ passed }) => passed.includes(metric.name));
}

interface Room {
  /** How far the margin lies on the good side: margin less harm. */
  readonly mean: number;
  readonly standardError: number;
  readonly n: number;
  readonly z: number;
}

function roomOf(metric: Metric, strata: MetricStrata, effect: Effect | undefined, margin: number): Room | undefined {
  if (effect === undefined || effect.n < BURN_IN || margin === 0) return undefined;
  const mean = margin - effect.estimate * harmSign(metric);
  const standardError = errorAt(metric, strata, effect, margin);
  if (standardError === 0) return undefined;
  return { mean, standardError, n: effect.n, z: mean / standardError };
}

/** Units with an event in both arms together, below which the scatter that is seen says too little of a share or a count. */
const FEW_EVENTS = 20;

/** The error if the harm were the margin: of events that are rare, or are few so far, not what is seen, which may be nothing at all. */
function errorAt(metric: Metric, strata: MetricStrata, { standardError }: Effect, margin: number): number {
  if (metric.kind !== "rare" && metric.kind !== "proportion" && metric.kind !== "count") return standardError;
  const counts = rareCounts(metric, strata);
  if (metric.kind === "rare") return restrictedError(counts, margin);
  return counts.harmed + counts.other < FEW_EVENTS ? Math.max(standardError, restrictedError(counts, margin)) : standardError;
}

/** ln e-value of "worse by less than the margin": what goes on when the planned looks are used up. */
function alwaysLogE(metric: Metric, strata: MetricStrata, margin: number, room: Room): number {
  if (metric.kind === "quantile") return quantileNoWorse(metric, strata, margin, ALWAYS_ALPHA);
  return oneSidedLogE(room, tunedPrecision(2 * (metric.plannedUnits ?? PLANNED_UNITS), ALWAYS_ALPHA, 1));
}

/** The bound of the last of these looks: Lan and DeMets' spending like O'Brien and Fleming's. Kept, as all metrics of a gate ask alike. */
function boundAt(fractions: readonly number[]): number {
  if (fractions.length === 1 && fractions[0] === 1) return SINGLE;
  const key = fractions.map((each) => each.toFixed(4)).join(" ");
  const known = bounds.get(key);
  if (known !== undefined) return known;
  const bound = spendingBounds({ fractions, alpha: PLANNED_ALPHA, sides: 1 }, obrienFlemingSpending).bounds.at(-1) ?? Infinity;
  if (bounds.size > 10_000) bounds.clear();
  bounds.set(key, bound);
  return bound;
}

const SINGLE = normalUpperQuantile(PLANNED_ALPHA);
const bounds = new Map<string, number>();

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
