/** Owns a decision as terminal text. */
import type { Decision, MetricDecision, MissingTelemetry, SampleRatio } from "../../model/decision.js";
import { painter, printable } from "../../support/style.js";
import type { Column } from "../../support/table.js";
import { count, plural } from "../figures.js";
import type { ReportOptions } from "../options.js";
import { type Page, marked, paragraph, sectionTable } from "../text/section.js";
import { minute, percent, share, short, signedShort } from "./figures.js";
import { ACTION_MARKS, METRIC_MARKS } from "./marks.js";

export function decisionText(decision: Decision, options: ReportOptions): string {
  const page: Page = { paint: painter(options.color), width: Math.min(120, Math.max(60, options.width)) };
  return decisionLines(decision, page).join("\n");
}

/** What was decided and why, the metrics, and what the figures rest on. */
export function decisionLines(decision: Decision, page: Page): string[] {
  const { experiment, phase, percent: stage, at, action, reasons, perMetric, mixedPairs = [] } = decision;
  const where = phase === 0 ? "not begun" : `phase ${String(phase)}, ${percent(stage)}`;
  const head = `${page.paint("strong", printable(experiment))} · ${where} · ${minute(at)} UTC`;
  const apart =
    mixedPairs.length === 0 ? [] : ["", "  pairs of different flavors, apart (they decide nothing):", ...metricTable(mixedPairs, page)];
  return [
    head,
    ...reasons.flatMap(({ text }, index) =>
      paragraph(page, text, index === 0 ? `${marked(page, ACTION_MARKS[action])}: ` : "", index === 0 ? 2 : 4),
    ),
    "",
    ...metricTable(perMetric, page),
    ...needsLines(decision, page),
    ...apart,
    "",
    ...paragraph(page, footing(decision)),
  ];
}

const COLUMNS: readonly Column[] = [
  { head: "metric", narrow: "cut", least: 14 },
  { head: "verdict" },
  { head: "new", align: "right" },
  { head: "old", align: "right" },
  { head: "difference", narrow: "wrap", least: 12 },
  { head: "harm", align: "right" },
  { head: "gate", narrow: "cut", least: 6 },
];

/** "harm": evidence of it, as the e-value over what proves it; 100 % halts. */
function metricTable(perMetric: readonly MetricDecision[], page: Page): string[] {
  return sectionTable(
    page,
    COLUMNS,
    perMetric.map((one) => [
      printable(one.metric) + (one.role === "guardrail" ? "" : ` (${one.role})`),
      marked(page, METRIC_MARKS[one.verdict]),
      valueOf(one, one.treatment),
      valueOf(one, one.control),
      differenceOf(one),
      evidence(one),
      gateOf(one),
    ]),
  );
}

function isShare({ kind }: MetricDecision): boolean {
  return kind === "rare" || kind === "proportion";
}

function valueOf(one: MetricDecision, value: number | null): string {
  return isShare(one) ? share(value) : short(value);
}

/** Rare events as a ratio, others as a difference, with the bounds that hold at every look. */
function differenceOf(one: MetricDecision): string {
  const { ratio, ratioInterval, estimate, interval, kind } = one;
  if (kind === "rare") {
    if (ratioInterval === undefined) return estimate === null ? "–" : signedShort(estimate);
    if ((ratioInterval[0] ?? 0) === 0 && ratioInterval[1] === null) return "no bounds yet";
    return `×${ratio === null || ratio === undefined ? "∞" : short(ratio)} (${ends(ratioInterval, short)})`;
  }
  if (estimate === null) return "–";
  const write = kind === "proportion" ? signedShare : signedShort;
  return `${write(estimate)} (${ends(interval, write)})`;
}

function signedShare(value: number | null): string {
  return value === null ? "–" : `${signedShort(value * 100)} %`;
}

function ends([low, high]: readonly [number | null, number | null], write: (value: number | null) => string): string {
  return low === null && high === null ? "no bounds yet" : `${low === null ? "−∞" : write(low)} … ${high === null ? "∞" : write(high)}`;
}

/** On the scale of logarithms, on which evidence adds up. */
function evidence({ eValue, alpha }: MetricDecision): string {
  const part = Math.log(Math.max(eValue, 1)) / -Math.log(alpha);
  return `${String(Math.min(999, Math.floor(part * 100)))} %`;
}

function gateOf({ gate, role, verdict }: MetricDecision): string {
  if (role === "signal" || verdict === "harmed") return "–";
  if (gate === undefined) return "not due";
  if (gate.passed) return `passed${gate.by === "always-valid" ? " (any time)" : ""}`;
  return gate.z === null || gate.bound === null ? "open" : `z ${short(gate.z)} of ${short(gate.bound)}`;
}

/** Where the reasons do not say it already. */
function needsLines({ perMetric, reasons }: Decision, page: Page): string[] {
  const told = new Set(reasons.filter(({ code }) => code === "inconclusive").map(({ metric }) => metric));
  return perMetric.flatMap(({ metric, needs }) =>
    needs === undefined || told.has(metric) ? [] : paragraph(page, `${metric} needs ${needs.text}`),
  );
}

function footing({ srm, missing, budget }: Decision): string {
  const tests = `${short(budget.alpha)} over ${plural(budget.tests, "test")}${budget.method === "e-bh" ? " by e-BH" : ""}`;
  return [sizes(srm), silence(missing), `budget of false halts: ${tests}, ${share(budget.share)} of it here`].join(" · ");
}

function sizes({ verdict, phases }: SampleRatio): string {
  if (phases.length === 0) return "arms: no units yet";
  const all = (arm: "treatment" | "control"): number => phases.reduce((sum, phase) => sum + phase[arm], 0);
  return `arms: ${count(all("treatment"))} new, ${count(all("control"))} old, ${verdict}`;
}

function silence({ verdict, treatment, control }: MissingTelemetry): string {
  return verdict === "no data" ? "silent units: not known yet" : `silent: ${share(treatment)} new, ${share(control)} old, ${verdict}`;
}
