/** Owns a simulated campaign as terminal text: what the decisions made of what is true. */
import type { Rate, SimulatedOutcome, SimulationResult, Spread } from "../model/simulation.js";
import { painter, printable } from "../support/style.js";
import type { Column } from "../support/table.js";
import { count, decimal, plural, signed } from "./figures.js";
import type { ReportOptions } from "./options.js";
import { type Page, paragraph, sectionTable } from "./text/section.js";

export function simulationText(result: SimulationResult, options: ReportOptions): string {
  const page: Page = { paint: painter(options.color), width: Math.min(120, Math.max(80, options.width)) };
  const useCases = result.outcomes.reduce((sum, each) => sum + each.useCases, 0);
  return [
    page.paint(
      "strong",
      `${plural(result.runs, "simulated campaign")} of ${plural(useCases, "use case")}, ${plural(result.days, "day")} each`,
    ),
    ...verdictLines(result, page),
    "",
    ...sectionTable(page, OUTCOME_COLUMNS, result.outcomes.map(outcomeRow)),
    ...result.outcomes.flatMap((outcome) => metricLines(outcome, page)),
  ].join("\n");
}

/** The promise of the budget, and whether this simulation is compatible with it. */
function verdictLines({ anyFalseHalt, budget, tests }: SimulationResult, page: Page): string[] {
  const [low] = anyFalseHalt.band;
  const kept = low <= budget;
  const text = `campaigns in which a use case without harm was halted: ${rateText(anyFalseHalt)}; the budget allows ${share(budget)} over ${plural(tests, "test")}`;
  return paragraph(page, text, `${page.paint(kept ? "good" : "bad", kept ? "✔" : "✖")} `);
}

const OUTCOME_COLUMNS: Column[] = [
  { head: "use cases", narrow: "wrap", least: 12 },
  { head: "halted", narrow: "wrap", least: 10 },
  { head: "promoted", narrow: "wrap", least: 10 },
  { head: "held", narrow: "wrap", least: 8 },
  { head: "days to the end", narrow: "wrap", least: 9 },
  { head: "units per arm at a halt", narrow: "wrap", least: 12 },
  { head: "units exposed", narrow: "wrap", least: 10 },
];

function outcomeRow(outcome: SimulatedOutcome): string[] {
  const { name, useCases, harmed, halted, promoted, held, daysToHalt, daysToPromote, unitsPerArmToHalt, unitsExposed } = outcome;
  const days = [
    daysToHalt === null ? "" : `halt ${middle(daysToHalt, 1)}`,
    daysToPromote === null ? "" : `promotion ${middle(daysToPromote, 1)}`,
  ];
  return [
    `${printable(name)} (${count(useCases)}, ${harmed ? "harmed" : "not harmed"})`,
    rateText(halted),
    rateText(promoted),
    rateText(held),
    days.filter((text) => text !== "").join("; ") || "–",
    middle(unitsPerArmToHalt, 0),
    middle(unitsExposed, 0),
  ];
}

function metricLines({ name, metrics }: SimulatedOutcome, page: Page): string[] {
  const rows = metrics.map(({ metric, truth, haltedBy, estimate, error, covered }) => [
    printable(metric),
    rateText(haltedBy),
    truth === null ? "–" : figure(truth),
    estimate === null ? "–" : `${signed(figure(estimate))}${error === null ? "" : ` ± ${figure(error)}`}`,
    covered === null ? "–" : rateText(covered),
  ]);
  const columns: Column[] = [
    { head: "metric", narrow: "wrap", least: 10 },
    { head: "halted by it", narrow: "wrap", least: 10 },
    { head: "true effect", align: "right" },
    { head: "mean estimate ± its error", narrow: "wrap", least: 14 },
    { head: "always in the interval", narrow: "wrap", least: 10 },
  ];
  return ["", page.paint("strong", `Metrics: ${printable(name)}`), ...sectionTable(page, columns, rows)];
}

/** "4.2 % (3.4 to 5.1)": the share and its exact 95 % band. */
function rateText({ rate, band: [low, high], of }: Rate): string {
  return of === 0 ? "–" : `${share(rate)} (${percent(low)} to ${percent(high)})`;
}

function share(value: number): string {
  return `${percent(value)} %`;
}

function percent(value: number): string {
  return decimal(value * 100, value > 0 && value < 0.001 ? 3 : value < 0.0995 ? 2 : 1);
}

/** Median, with the quartiles where they differ. */
function middle(spread: Spread, digits: number): string {
  if (spread === null) return "–";
  const [lower, median, upper] = [spread.lower, spread.median, spread.upper].map((value) => decimal(value, digits));
  return lower === upper ? String(median) : `${median} (${lower} to ${upper})`;
}

function figure(value: number): string {
  if (value === 0) return "0";
  return decimal(value, Math.max(0, Math.min(8, 2 - Math.floor(Math.log10(Math.abs(value))))));
}
