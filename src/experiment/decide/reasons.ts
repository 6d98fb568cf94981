/** Owns the reasons of a decision, in words. */
import type { MetricDecision, Reason } from "../../model/decision.js";
import { figure } from "../../support/figures.js";
import { SAMPLE_RATIO_ALPHA } from "./sample-ratio.js";
import { type Seen, hoursSince } from "./seen.js";

/** Metrics whose harm is proven and that may halt. */
export function harmReasons({ perMetric }: Seen): Reason[] {
  const harmed = perMetric.filter(({ role, verdict }) => role !== "signal" && verdict === "harmed");
  return harmed.map((one) => ({ code: "harm", metric: one.metric, text: `${one.metric} is proven worse: ${seenText(one)}` }));
}

/** What makes the figures doubtful, and signals; without what a person accepted. */
export function qualityReasons({ srm, missing, perMetric, phase, request }: Seen): Reason[] {
  const { accepted = [] } = request.ramp;
  const at = String(phase?.phase ?? 0);
  const signals = perMetric.filter(({ role, verdict }) => role === "signal" && verdict === "harmed");
  const reasons: Reason[] = [
    ...sizeReasons(srm),
    ...(missing.verdict === "differs"
      ? [{ code: "missing-telemetry" as const, key: `missing-telemetry@${at}`, text: silenceText(missing) }]
      : []),
    ...perMetric.flatMap(({ metric, broken }) => (broken === true ? [brokenReason(metric, at)] : [])),
    ...signals.map((one): Reason => ({
      code: "signal",
      metric: one.metric,
      key: `${one.metric}@${at}`,
      text: `the signal ${one.metric} is worse: ${seenText(one)}`,
    })),
  ];
  return reasons.filter(({ key = "" }) => !accepted.includes(key));
}

/** One per phase, so that a new phase is looked at anew. */
function sizeReasons({ verdict, phases }: Seen["srm"]): Reason[] {
  if (verdict !== "mismatch") return [];
  const wrong = phases.filter(({ p, eValue }) => p < SAMPLE_RATIO_ALPHA || eValue >= 1 / SAMPLE_RATIO_ALPHA);
  return wrong.map(({ phase, treatment, control }) => ({
    code: "sample-ratio",
    key: `sample-ratio@${String(phase)}`,
    text: `the arms do not have the sizes they were drawn with: ${figure(treatment)} to ${figure(control)} in phase ${String(phase)}`,
  }));
}

function brokenReason(metric: string, phase: string): Reason {
  const key = `values:${metric}@${phase}`;
  return {
    code: "values",
    metric,
    key,
    text: `${metric} cannot be told from what was sent, so that harm would not be seen: look at its values`,
  };
}

function silenceText({ treatment, control }: Seen["missing"]): string {
  return `more units fell silent in one arm than in the other: ${percent(treatment)} in the treatment, ${percent(control)} in the control`;
}

/** Why the gate is not looked at yet. */
export function waitReasons({ request, phase, stage, units, due, srm, missing }: Seen): Reason[] {
  const { ramp, blocks = [], at } = request;
  if (phase === undefined || stage === undefined) return [{ code: "no-data", text: "it has not begun" }];
  if (stage.percent >= 100)
    return [{ code: "no-control", text: "at 100 % there is no control: harm cannot be told from a change of days any more" }];
  if (ramp.state !== "running") return [{ code: "held", text: `it is ${ramp.state}: ${ramp.stopped?.reason ?? "without a reason"}` }];
  if (ramp.pending !== undefined) return [{ code: "no-worse", text: "the gate is passed; the raise waits for a signature" }];
  if (due && (srm.verdict === "mismatch" || missing.verdict === "differs"))
    return [
      {
        code: srm.verdict === "mismatch" ? "sample-ratio" : "missing-telemetry",
        text: "the figures are doubtful, which a person accepted: only a person raises it",
      },
    ];
  if (due) return [...blocks];
  const reasons: Reason[] = [];
  if (units < stage.minExposures)
    reasons.push({ code: "exposures", text: `${figure(units)} of ${figure(stage.minExposures)} units per arm were exposed` });
  const hours = Math.floor(hoursSince(phase.began, at));
  if (hours < stage.minHours)
    reasons.push({ code: "hours", text: `${String(Math.max(0, hours))} of ${String(stage.minHours)} hours at this stage have passed` });
  return [...reasons, ...blocks];
}

/** What the gate said. */
export function gateReasons({ perMetric }: Seen, passed: boolean): Reason[] {
  const guardrails = perMetric.filter(({ role }) => role !== "signal");
  if (passed) {
    const text =
      guardrails.length === 1
        ? "the guardrail is no worse than by its margin"
        : `all ${String(guardrails.length)} guardrails are no worse than by their margins`;
    return [{ code: "no-worse", text }];
  }
  if (guardrails.length === 0) return [{ code: "no-data", text: "it has no guardrail: nothing can show that it is no worse" }];
  return guardrails
    .filter(({ verdict }) => verdict === "inconclusive")
    .map((one) => ({
      code: "inconclusive",
      metric: one.metric,
      text: `${one.metric} is inconclusive${one.needs === undefined ? "" : `: needs ${one.needs.text}`}`,
    }));
}

/** Where one e-value tells no more than another. */
const BEYOND = 1e12;

function seenText(one: MetricDecision): string {
  const { treatment, control, eValue, alpha, kind, units } = one;
  const figures =
    kind === "rare"
      ? `${figure(Math.round((treatment ?? 0) * units.treatment))} of ${figure(units.treatment)} units against ${figure(Math.round((control ?? 0) * units.control))} of ${figure(units.control)}`
      : `${short(treatment)} against ${short(control)}`;
  return `${figures}, e-value ${eValue > BEYOND ? "over 1e+12" : short(eValue)} of ${short(1 / alpha)}`;
}

function percent(share: number | null): string {
  return share === null ? "?" : `${short(share * 100)} %`;
}

/** Three digits that count. */
function short(value: number | null): string {
  if (value === null) return "?";
  if (value >= 1e5) return value.toExponential(1);
  return value >= 1000 ? figure(Math.round(value)) : String(Number(value.toPrecision(3)));
}
