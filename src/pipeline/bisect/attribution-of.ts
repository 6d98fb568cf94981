/** Owns the frame of a bisection's result: both ends, what they differ by, and the sentences that close it. */
import type { Attribution, Culprit } from "../../model/attribution.js";
import { changeIn } from "../../usecases/attribution/describe-culprit.js";
import type { Question } from "../../usecases/attribution/question.js";
import { shownFigure } from "../../usecases/attribution/readings.js";
import type { Whole } from "../../usecases/attribution/whole-difference.js";

/** What both ends are called, and what was built so far. */
export interface Ends {
  readonly from: string;
  readonly to: string;
  readonly builds: Attribution["builds"];
}

export function closingWords(culprits: readonly Culprit[], own: boolean, from: string): string[] {
  const several = culprits.length > 1 ? [`${culprits.length} places hold parts of the difference`] : [];
  if (!own) return several;
  return [
    ...several,
    `what is left is neither upstream's nor a feature's: ${from}'s own tree, built as the latest flavor, shows it, too; look at that flavor's flags, adapter or shim`,
  ];
}

export function nothingWords({ verdict, differs, reading }: Whole): string[] {
  if (reading.estimate === undefined) return [`there is no figure to compare: ${reading.why}`];
  if (!differs && reading.samples.every(({ reference, candidate }) => reference === 0 && candidate === 0))
    return ["the figure is 0 in all runs: with --function, no function of that name ran"];
  if (!differs && reading.estimate.standardError > 0)
    return [
      `${reading.estimate.n} pairs of runs show no difference for sure: --most-pairs allows more; of processor time, --callgrind counts instructions`,
    ];
  if (!differs) return ["the runs show no difference to explain"];
  return verdict === "no worse" ? ["the difference lies within the metric's margin; --any looks for it all the same"] : [];
}

export function attributionOf(ends: Ends, { useCase, name, unit }: Question, whole: Whole, confidence: number): Attribution {
  const { samples, estimate } = whole.reading;
  return {
    subject: useCase.id,
    metric: whole.scale === "crash" ? "crash" : name,
    unit,
    status: estimate === undefined ? "unmeasured" : "no difference",
    from: ends.from,
    to: ends.to,
    before: samples.length === 0 ? null : shownFigure(samples, "reference"),
    after: samples.length === 0 ? null : shownFigure(samples, "candidate"),
    whole: estimate === undefined ? null : changeIn(estimate, whole.scale, confidence),
    verdict: whole.verdict ?? null,
    culprits: [],
    explained: 0,
    confidence: estimate?.standardError === 0 ? 1 : confidence,
    answers: 1,
    builds: { ...ends.builds },
    notes: [],
  };
}
