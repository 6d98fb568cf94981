/** Owns a comparison of use cases as terminal text. */
import type { Calibration, NoiseExcess } from "../model/calibration.js";
import type { MetricResult, UseCaseMeasurement, UseCaseResult } from "../model/use-case.js";
import { painter, printable } from "../support/style.js";
import { count, decimal, plural, signed } from "./figures.js";
import { metricView } from "./metrics.js";
import type { ReportOptions } from "./options.js";
import { VERDICT_ORDER, groupSizes } from "./order.js";
import { useCaseLines } from "./text/use-cases.js";
import { type Page, paragraph } from "./text/section.js";
import { calibrationLines, excessLines, powerLines } from "./use-case-noise.js";
import { VERDICT_MARKS } from "./vocabulary.js";

/** A use case under callgrind: its count, and the functions that changed. */
export interface ProfileView {
  readonly useCase: string;
  readonly metric: MetricResult | undefined;
  readonly functions: readonly { readonly name: string; readonly percentOfRun: number }[];
  readonly crash: string;
}

export interface ComparisonView {
  readonly results: readonly UseCaseResult[];
  readonly measurements: readonly UseCaseMeasurement[];
  readonly profiles: readonly ProfileView[];
  /** "legacy with itself", or "legacy with latest". */
  readonly arms: string;
  /** What a comparison of a release with itself found, and the file that keeps it. */
  readonly calibration?: { readonly useCases: Calibration["useCases"]; readonly file: string } | undefined;
  /** Metrics that scatter more today than the calibration explains. */
  readonly excess?: readonly NoiseExcess[] | undefined;
}

const MOST_FUNCTIONS = 5;
const MOST_FRAMES = 8;
const LEAST_WIDTH = 80;
const MOST_WIDTH = 120;

export function useCaseComparisonText(view: ComparisonView, options: ReportOptions): string {
  const page: Page = { paint: painter(options.color), width: Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, options.width)) };
  const facts = { useCases: [...view.results], measured: { useCases: [...view.measurements] }, joint: [] };
  const title = page.paint("strong", `${plural(view.results.length, "use case")}: ${view.arms}`);
  const profiles = view.profiles.flatMap((profile) => profileLines(profile, page));
  const [counts = "", ...table] = useCaseLines(facts, page);
  const stacks = view.results.flatMap((result) => stackLines(result, page));
  return [title, counts, ...measuredCounts(view, page), ...table, ...stacks, ...profiles, ...noiseLines(view, page)].join("\n");
}

/** The verdicts over all metrics, which the exit code goes by, where they are others than the steady ones. */
function measuredCounts({ results, measurements }: ComparisonView, page: Page): string[] {
  const steady = new Map(results.map(({ id, verdict }) => [id, verdict]));
  if (measurements.every(({ id, verdict }) => steady.get(id) === verdict)) return [];
  const groups = groupSizes(VERDICT_ORDER, measurements, ({ verdict }) => verdict);
  const words = groups.map(({ key, size }) => page.paint(VERDICT_MARKS[key].tone, `${VERDICT_MARKS[key].glyph} ${count(size)} ${key}`));
  return [`  with what depends on the machine's day*: ${words.join(", ")}`];
}

function stackLines({ id, stack }: UseCaseResult, page: Page): string[] {
  if (stack.length === 0) return [];
  const frames = stack.slice(0, MOST_FRAMES).flatMap((frame) => paragraph(page, frame, "", 6));
  return [...paragraph(page, `${id}: the stack of the crash`, `${page.paint("bad", "✖")} `), ...frames];
}

function noiseLines({ measurements, calibration, excess = [] }: ComparisonView, page: Page): string[] {
  const found = calibration === undefined ? [] : calibrationLines(calibration.useCases, calibration.file, page);
  return [...powerLines(measurements, page), ...excessLines(excess, page), ...found];
}

function profileLines({ useCase, metric, functions, crash }: ProfileView, page: Page): string[] {
  if (metric === undefined) return paragraph(page, `${useCase} under callgrind: ${crash}`, `${page.paint("bad", "✖")} `);
  const mark = VERDICT_MARKS[metric.verdict];
  const { change, margin } = metricView(metric, true);
  const head = `${useCase} under callgrind: instructions ${change}, ${mark.word} (may be worse by ${margin})`;
  const shown = [...functions].toSorted((a, b) => Math.abs(b.percentOfRun) - Math.abs(a.percentOfRun)).slice(0, MOST_FUNCTIONS);
  const lines = shown.flatMap(({ name, percentOfRun }) =>
    paragraph(page, `${signed(`${decimal(percentOfRun, 2)} %`)} of the run: ${printable(name)}`, "", 6),
  );
  return [...paragraph(page, head, `${page.paint(mark.tone, mark.glyph)} `), ...lines];
}
