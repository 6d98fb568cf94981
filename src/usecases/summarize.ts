/** Owns what the runs of one use case amount to: the figures, the verdict, and what was odd. */
import { FLAVORS } from "../model/build.js";
import type { Metric, MetricResult, UseCase, UseCaseMeasurement, UseCaseResult } from "../model/use-case.js";
import type { Compared } from "./compare-runs.js";
import type { RunOutcome } from "./execute.js";
import { didYouMean } from "./problems.js";
import { type Runs, isAlone, pairsOf } from "./run-pairs.js";
import { figure, firstSamples, isUnsteady, scatters } from "./samples.js";
import { oddValueAt, pathsOf } from "./values.js";
import { judgeMetric, overallVerdict } from "./verdict.js";

export interface Summary {
  readonly result: UseCaseResult;
  readonly measurement: UseCaseMeasurement;
}

/**
 * Judges the runs. The result comes from the first runs and the deterministic metrics alone; the measurement adds the metrics that
 * scatter from run to run, which have been judged over the whole comparison.
 * A use case whose metrics are no numbers has measured nothing: it counts as crashed, with the reason.
 */
export function summarize({ useCase, runs, scattering, outputs }: Compared, commands: readonly string[]): Summary {
  const { id, name, owner, purpose } = useCase;
  const ends = crashesOf(runs);
  const crashes = ends.length > 0 ? ends : unusableMetrics(useCase, runs);
  const metrics = crashes.length > 0 ? [] : steadyMetrics(useCase, runs);
  const measured = crashes.length > 0 ? [] : [...scattering, ...boundsAlone(useCase, runs)];
  const beyond = outputs.filter(({ status }) => status === "beyond" || status === "unreadable");
  const steady = [...metrics, ...beyond.map(() => ({ verdict: "worse" as const }))];
  const verdict = crashes.length > 0 ? "crashed" : overallVerdict(steady);
  const differing = beyond.map(({ file, detail: how }) => `${file}: ${how}`);
  const detail = [
    ...crashes,
    ...missingFlavor(runs),
    ...differing,
    ...lost(metrics),
    ...(crashes.length > 0 ? [] : unsteady(useCase, runs)),
  ].join("; ");
  return {
    result: {
      id,
      name,
      owner,
      purpose,
      verdict,
      detail,
      stack: stackOf(runs),
      metrics,
      compared: [...outputs],
      outputs: outputsOf(useCase, runs),
      commands: [...commands],
    },
    measurement: {
      id,
      repeats: pairsOf(runs),
      metrics: measured,
      verdict: crashes.length > 0 ? "crashed" : overallVerdict([...steady, ...measured]),
    },
  };
}

function steadyMetrics(useCase: UseCase, runs: Runs): MetricResult[] {
  const metrics = useCase.metrics.filter((metric) => !scatters(metric, runs));
  return metrics.map((metric) => judgeMetric(metric, firstSamples(metric, runs)));
}

/** Of a use case that one flavor alone has, the metrics that scatter: only their limits can be held against one run. */
function boundsAlone(useCase: UseCase, runs: Runs): MetricResult[] {
  if (!isAlone(runs)) return [];
  return useCase.metrics.filter((metric) => scatters(metric, runs)).map((metric) => judgeMetric(metric, firstSamples(metric, runs)));
}

function missingFlavor(runs: Runs): string[] {
  return FLAVORS.filter((flavor) => runs[flavor].length === 0).map((flavor) => `${flavor} has no such use case: held to its limits alone`);
}

/** Metrics that no run gives as a number, though a figure was promised: such a use case has measured nothing. */
function unusableMetrics(useCase: UseCase, runs: Runs): string[] {
  const firsts = FLAVORS.map((flavor) => ({ flavor, outcome: runs[flavor][0] }));
  const problems = useCase.metrics.flatMap((metric) => {
    const odd = firsts.flatMap(({ flavor, outcome }) => {
      const value = outcome?.status === "ok" ? oddValueAt(outcome.line, metric.id) : undefined;
      return value === undefined ? [] : [`${flavor}: ${metric.id} is ${value}, not a number`];
    });
    const unknown = firsts.every(({ outcome }) => figure(outcome, metric.id) === undefined);
    return unknown ? [`metric '${metric.id}' is in no flavor's JSON line; ${reported(firsts, metric.id)}`] : odd;
  });
  return problems.length > 0 ? problems : nothingMeasured(useCase, runs);
}

function reported(firsts: readonly { readonly outcome: RunOutcome | undefined }[], wanted: string): string {
  const known = [...new Set(firsts.flatMap(({ outcome }) => (outcome?.status === "ok" ? pathsOf(outcome.line) : [])))];
  return known.length === 0 ? "the program reports no figure" : `the program reports ${known.join(", ")}${didYouMean(wanted, known)}`;
}

function nothingMeasured(useCase: UseCase, runs: Runs): string[] {
  const metrics = useCase.metrics.filter((metric) => !metric.measured);
  const isNull = (metric: Metric) => FLAVORS.every((flavor) => (figure(runs[flavor][0], metric.id) ?? null) === null);
  return metrics.length > 0 && metrics.every(isNull) ? ["neither flavor gives a figure for any metric"] : [];
}

function crashesOf(runs: Runs): string[] {
  return FLAVORS.flatMap((flavor) =>
    runs[flavor].flatMap((outcome, index) => {
      if (outcome.status === "ok") return [];
      return [`${flavor}: ${outcome.how}${index === 0 ? "" : ` in repeat ${index}, not before`}`];
    }),
  );
}

/** The frames of the first crash that tells any. */
function stackOf(runs: Runs): string[] {
  const outcomes = FLAVORS.flatMap((flavor) => runs[flavor]);
  const told = outcomes.find((outcome) => outcome.status === "crashed" && outcome.stack.length > 0);
  return told?.status === "crashed" ? [...told.stack] : [];
}

function lost(metrics: readonly MetricResult[]): string[] {
  return metrics.filter((metric) => metric.latest === null && metric.legacy !== null).map((metric) => `latest: gives no ${metric.id}`);
}

/** What should be the same in every run of one flavor and was not; said without figures, as these change by the run. */
function unsteady(useCase: UseCase, runs: Runs): string[] {
  return FLAVORS.flatMap((flavor) => {
    const metrics = useCase.metrics.filter((metric) => isUnsteady(metric, runs, flavor));
    const files = useCase.outputs.filter((_, index) => new Set(runs[flavor].map((outcome) => digestAt(outcome, index))).size > 1);
    return [...metrics.map((metric) => metric.id), ...files].map((what) => `${flavor}: ${what} differs from run to run`);
  });
}

function outputsOf(useCase: UseCase, runs: Runs): UseCaseResult["outputs"] {
  return FLAVORS.flatMap((flavor) =>
    useCase.outputs.flatMap((file, index) => {
      const sha256 = digestAt(runs[flavor][0], index);
      return sha256 === undefined ? [] : [{ flavor, file, sha256 }];
    }),
  );
}

function digestAt(outcome: RunOutcome | undefined, index: number): string | undefined {
  return outcome?.status === "ok" ? outcome.digests[index] : undefined;
}
