/** Owns a plan of experiments as terminal text. */
import type { ExperimentPlan, MetricPlan, PlannedExperiment } from "../../model/experiment-plan.js";
import { painter, printable } from "../../support/style.js";
import type { Column } from "../../support/table.js";
import { count, plural } from "../figures.js";
import type { ReportOptions } from "../options.js";
import { type Page, paragraph, sectionTable } from "../text/section.js";
import { days, percent, share, short } from "./figures.js";

export function planText(plan: ExperimentPlan, options: ReportOptions): string {
  const page: Page = { paint: painter(options.color), width: Math.min(120, Math.max(60, options.width)) };
  const { experiments, without } = plan;
  const kind = plan.aa ? `A/A of ${plan.from}` : `${plan.from} → ${plan.to}`;
  const troubled = experiments.filter(({ problems }) => problems.length > 0);
  const rest = without.length === 0 ? [] : ["", ...paragraph(page, `no template fits: ${without.join(", ")}`, page.paint("warn", "≈ "))];
  return [
    page.paint("strong", `${printable(plan.project)}: ${kind}, ${plural(experiments.length, "experiment")}`),
    ...paragraph(
      page,
      `false halts: ${share(plan.budget.alpha)} over ${plural(plan.budget.tests, "test")} · power ${share(plan.power)} · "halts from": the smallest harm that halts with this power by the last stage with a control`,
    ),
    "",
    ...sectionTable(
      page,
      COLUMNS,
      experiments.map((one) => rowOf(one, page)),
    ),
    ...(troubled.length === 0 ? [] : ["", ...troubled.flatMap((one) => problemLines(one, page))]),
    ...rest,
  ].join("\n");
}

const COLUMNS: readonly Column[] = [
  { head: "use case", narrow: "cut", least: 12 },
  { head: "unit" },
  { head: "gate: units per arm", narrow: "wrap", least: 16 },
  { head: "halts from", narrow: "wrap", least: 16 },
  { head: "stages", narrow: "wrap", least: 12 },
  { head: "takes", align: "right" },
];

function rowOf({ experiment, metrics, stages, days: whole, problems }: PlannedExperiment, page: Page): string[] {
  const watched = metrics.filter(({ role }) => role !== "signal");
  const steps = stages.map((stage) => percent(stage.percent).replace(" %", "")).join(" ");
  const takes = whole === null ? page.paint("bad", "✖ never") : problems.length > 0 ? page.paint("warn", `≈ ${days(whole)}`) : days(whole);
  return [
    printable(experiment.useCase),
    experiment.unit,
    watched.map(({ metric, gateUnits }) => `${printable(metric)} ${gateUnits === null ? "?" : count(gateUnits)}`).join("\n"),
    watched.map(findsText).join("\n"),
    `${steps} %`,
    takes,
  ];
}

function findsText({ metric, finds, findsAs }: MetricPlan): string {
  const text = finds === null ? "?" : findsAs === "ratio" ? `×${short(finds)}` : `+${short(finds)}`;
  return `${printable(metric)} ${text}`;
}

function problemLines({ experiment, problems, days: whole }: PlannedExperiment, page: Page): string[] {
  const lead = whole === null ? page.paint("bad", "✖ ") : page.paint("warn", "≈ ");
  return problems.flatMap((problem) => paragraph(page, `${experiment.useCase}: ${problem}`, lead));
}
