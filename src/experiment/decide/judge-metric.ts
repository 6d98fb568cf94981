/** Owns what is said of one metric: its estimate and bounds, the evidence of harm, and how it stands before the gate. */
import type { Gate, GateLook, MetricDecision } from "../../model/decision.js";
import type { Stage } from "../../model/experiment.js";
import { rareRatioLower } from "../../stats/sequential/rare-ratio.js";
import { halts } from "./budget.js";
import { type Effect, effectOf } from "./effect.js";
import type { HarmTest } from "./evidence.js";
import { gateOf } from "./gate.js";
import { needsOf } from "./needs.js";
import { plannedUnits } from "./planned-units.js";
import { quantileEffect, quantileOnce } from "./quantile.js";
import { eventsOf } from "./arm-value.js";
import type { MetricStrata } from "./strata.js";

export interface JudgeRequest {
  readonly test: HarmTest;
  readonly strata: MetricStrata;
  readonly stage: Stage;
  /** Looks at the gate of this stage. */
  readonly looks: readonly GateLook[];
  readonly due: boolean;
  /** e-BH: the e-value from which harm is proven; 1 / alpha without. */
  readonly eThreshold?: number | undefined;
  /** Units per arm of the last day. */
  readonly unitsLastDay: number | undefined;
  /** Intervals, gates before they are due, and needs: for people; the halt layer alone without. */
  readonly detail: boolean;
}

/** Infinity has no place in JSON. */
const GREATEST = 1e308;

export function judgeMetric(request: JudgeRequest): MetricDecision {
  const { test, strata, eThreshold, detail, due } = request;
  const { metric, alpha } = test;
  const quantile = metric.kind === "quantile" && (detail || due) ? quantileEffect(metric, strata, alpha) : undefined;
  const effect = metric.kind === "quantile" ? undefined : effectOf(metric, strata);
  const seen = quantile ?? effect;
  const broken = isBroken(seen);
  const logE = test.logE(strata, effect);
  const harmed = !broken && logE >= (eThreshold === undefined ? test.threshold : Math.log(eThreshold));
  const once = quantile === undefined ? effect : quantileOnce(metric, strata);
  const gate = halts(metric) && !harmed && (detail || due) ? gateOf({ ...request, metric, effect: once }) : undefined;
  const verdict = harmed ? "harmed" : gate?.passed === true ? "no worse" : "inconclusive";
  return {
    metric: metric.name,
    kind: metric.kind,
    role: metric.role,
    units: unitsOf(strata),
    treatment: finite(seen?.treatment ?? NaN),
    control: finite(seen?.control ?? NaN),
    estimate: finite(seen?.estimate ?? NaN),
    interval: quantile === undefined ? intervalOf(test, strata, effect) : ends(quantile.interval),
    ...(metric.kind === "rare" && detail ? ratioOf(strata, alpha) : {}),
    eValue: broken ? 0 : Math.min(GREATEST, Math.exp(logE)),
    alpha,
    verdict,
    ...(broken ? { broken } : {}),
    ...(gate === undefined ? {} : { gate }),
    ...(gate !== undefined && detail && verdict === "inconclusive" && !broken ? { needs: needsFor(request, gate, once) } : {}),
  };
}

function isBroken(seen: (Pick<Effect, "estimate"> & { readonly standardError?: number }) | undefined): boolean {
  return seen !== undefined && !Number.isFinite(seen.estimate + (seen.standardError ?? 0));
}

function needsFor({ test, strata, stage, unitsLastDay }: JudgeRequest, gate: Gate, effect: Effect | undefined) {
  const { treatment, control } = unitsOf(strata);
  const units = Math.min(treatment, control);
  return needsOf({ metric: test.metric, gate, effect, units, unitsLastDay, planned: plannedUnits(test.metric, stage) });
}

function unitsOf(strata: MetricStrata): { treatment: number; control: number } {
  let [treatment, control] = [0, 0];
  for (const stratum of strata) {
    treatment += stratum.treatment.units;
    control += stratum.control.units;
  }
  return { treatment, control };
}

/** Fewer events than this in an arm say little about their difference; the ratio's interval is exact. */
const FEW_EVENTS = 5;

function intervalOf(test: HarmTest, strata: MetricStrata, effect: Effect | undefined): [number | null, number | null] {
  if (effect === undefined || (test.metric.kind === "rare" && Math.min(...eventsIn(strata)) < FEW_EVENTS)) return [null, null];
  const reach = test.reach(effect);
  return ends([effect.estimate - reach, effect.estimate + reach]);
}

function eventsIn(strata: MetricStrata): [treatment: number, control: number] {
  return [sum(strata, "treatment"), sum(strata, "control")];
}

function sum(strata: MetricStrata, arm: "treatment" | "control"): number {
  return strata.reduce((all, stratum) => all + eventsOf(stratum[arm]), 0);
}

/** Ratio of the rates, arms of equal size; each bound at `alpha`, by the same test that halts. */
function ratioOf(strata: MetricStrata, alpha: number): Pick<MetricDecision, "ratio" | "ratioInterval"> {
  const [treatment, control] = eventsIn(strata);
  const [low, high] = [rareRatioLower(treatment, control, alpha), 1 / rareRatioLower(control, treatment, alpha)];
  return { ratio: treatment + control === 0 ? null : finite(treatment / control), ratioInterval: ends([low, high]) };
}

function ends([low, high]: readonly [number, number]): [number | null, number | null] {
  return [finite(low), finite(high)];
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
