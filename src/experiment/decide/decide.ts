/** Owns the decision on one experiment: from what was counted so far to halt, hold, promote or wait. A pure function. */
import type { Analysis } from "../../model/arm-statistics.js";
import type { Action, Decision, GateLook, MetricDecision, Reason } from "../../model/decision.js";
import type { Experiment, Stage } from "../../model/experiment.js";
import type { Phase, Ramp } from "../../model/ramp.js";
import { type Budget, alphaOf } from "./budget.js";
import { type HarmTest, harmTest } from "./evidence.js";
import { type JudgeRequest, judgeMetric } from "./judge-metric.js";
import { missingTelemetry } from "./missing-telemetry.js";
import { gateReasons, harmReasons, qualityReasons, waitReasons } from "./reasons.js";
import { sampleRatio } from "./sample-ratio.js";
import { type Seen, hoursSince } from "./seen.js";
import { exposureStrata, strataByMetric, unitsPerArm } from "./strata.js";

export interface DecideRequest {
  readonly experiment: Experiment;
  readonly ramp: Ramp;
  readonly analysis: Analysis;
  /** Every look that was taken at this experiment's gates: `look` of its earlier decisions. */
  readonly looks: readonly GateLook[];
  readonly budget: Budget;
  /** What keeps it from being raised besides its figures (`raiseBlocks`). */
  readonly blocks?: readonly Reason[];
  /** The clock; ISO 8601, UTC. */
  readonly at: string;
  /** Without it the intervals, needs and ratios that only people read are left out; a few times as fast. */
  readonly detail?: boolean;
}

/** Decides. The caller keeps `look` where there is one, and hands it in with the next request. */
export function decide(request: DecideRequest): Decision {
  const { experiment, ramp, analysis, looks, budget, at, detail = true } = request;
  const phase = ramp.phases.at(-1);
  const stage = phase === undefined ? undefined : experiment.stages[phase.stage];
  const exposures = exposureStrata(analysis.exposures);
  const units = unitsPerArm(exposures);
  const due = phase !== undefined && stage !== undefined && isDue(stage, phase, units, request);
  const srm = sampleRatio(exposures, due);
  const missing = missingTelemetry(exposures, due);
  const mayLook = due && srm.verdict === "as drawn" && missing.verdict !== "differs";
  const rows = strataByMetric(analysis.statistics, false);
  const gateLooks = looks.filter((look) => look.stage === phase?.stage);
  const base: Omit<JudgeRequest, "test" | "strata"> = {
    stage: stage ?? NO_STAGE,
    looks: gateLooks,
    due: mayLook,
    eThreshold: budget.eThreshold,
    unitsLastDay: lastDay(exposures),
    detail,
  };
  const tests = harmTests(experiment, budget);
  const perMetric = tests.map((test) => judgeMetric({ ...base, test, strata: rows.get(test.metric.name) ?? [] }));
  const mixed = detail ? strataByMetric(analysis.statistics, true) : NONE;
  const apart = tests.filter(({ metric }) => mixed.has(metric.name));
  const [action, reasons] = actionOf({ request, phase, stage, units, due, perMetric, srm, missing });
  const look = mayLook && phase !== undefined ? lookOf(phase.stage, at, perMetric, gateLooks) : undefined;
  return {
    experiment: experiment.id,
    phase: phase?.phase ?? 0,
    stage: phase?.stage ?? 0,
    percent: phase?.percent ?? 0,
    at,
    action,
    reasons,
    perMetric,
    ...(apart.length === 0
      ? {}
      : {
          mixedPairs: apart.map((test) => judgeMetric({ ...base, due: false, looks: [], test, strata: mixed.get(test.metric.name) ?? [] })),
        }),
    srm,
    missing,
    budget: { method: budget.method, alpha: budget.alpha, share: budget.share, tests: budget.tests },
    ...(look === undefined ? {} : { look }),
  };
}

const NONE: ReturnType<typeof strataByMetric> = new Map();
const NO_STAGE: Stage = { percent: 0, minExposures: 0, minHours: 0, marginFactor: 1 };

/** Tests are kept per experiment and budget: their tuning takes longer than a look. */
function harmTests(experiment: Experiment, budget: Budget): readonly HarmTest[] {
  const known = prepared.get(experiment);
  if (known !== undefined && known.alpha === budget.alpha && known.share === budget.share) return known.tests;
  const tests = experiment.metrics.map((metric) => harmTest(metric, alphaOf(experiment, metric, budget)));
  prepared.set(experiment, { alpha: budget.alpha, share: budget.share, tests });
  return tests;
}

interface Prepared {
  readonly alpha: number;
  readonly share: number;
  readonly tests: readonly HarmTest[];
}
const prepared = new WeakMap<Experiment, Prepared>();

function isDue(stage: Stage, phase: Phase, units: number, { ramp, at }: DecideRequest): boolean {
  return (
    ramp.state === "running" && ramp.pending === undefined && units >= stage.minExposures && hoursSince(phase.began, at) >= stage.minHours
  );
}

function lastDay(exposures: ReturnType<typeof exposureStrata>): number | undefined {
  const known = exposures.flatMap(({ treatment, control }) =>
    treatment.unitsLastDay === undefined || control.unitsLastDay === undefined
      ? []
      : [Math.min(treatment.unitsLastDay, control.unitsLastDay)],
  );
  return known.length === 0 ? undefined : known.reduce((sum, each) => sum + each, 0);
}

/** A look that was taken, by any metric; undefined when none has got further than at the last one. */
function lookOf(stage: number, at: string, perMetric: readonly MetricDecision[], before: readonly GateLook[]): GateLook | undefined {
  const fractions: Record<string, number> = {};
  const passed: string[] = [];
  for (const { metric, gate } of perMetric) {
    if (gate === undefined) continue;
    const last = before.reduce((greatest, look) => Math.max(greatest, look.fractions[metric] ?? 0), 0);
    if (gate.fraction > last) fractions[metric] = gate.fraction;
    if (gate.passed && !before.some((look) => look.passed.includes(metric))) passed.push(metric);
  }
  return Object.keys(fractions).length + passed.length === 0 ? undefined : { stage, at, fractions, passed };
}

/** The first that applies: harm halts; doubtful data or a harmed signal hold; a passed gate promotes; else it waits, and says for what. */
function actionOf(seen: Seen): [Action, Reason[]] {
  const harm = harmReasons(seen);
  if (harm.length > 0) return ["halt", harm];
  const quality = qualityReasons(seen);
  if (quality.length > 0) return ["hold", quality];
  const waiting = waitReasons(seen);
  if (waiting.length > 0) return ["wait", waiting];
  const guardrails = seen.perMetric.filter(({ role }) => role !== "signal");
  const passed = guardrails.length > 0 && guardrails.every(({ verdict }) => verdict === "no worse");
  return [passed ? "promote" : "wait", gateReasons(seen, passed)];
}
