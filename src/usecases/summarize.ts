/** Owns what the runs of one use case amount to: the figures, the verdict, and what was odd. */
import { type Flavor, FLAVORS } from "../model/build.js";
import type { Metric, MetricResult, UseCase, UseCaseMeasurement, UseCaseResult } from "../model/use-case.js";
import type { Runs } from "./run-pairs.js";
import type { RunOutcome } from "./execute.js";
import { didYouMean } from "./problems.js";
import { oddValueAt, pathsOf, valueAt } from "./values.js";
import { type Samples, judgeMetric, overallVerdict } from "./verdict.js";

export interface Summary {
  readonly result: UseCaseResult;
  readonly measurement: UseCaseMeasurement;
}

/**
 * Judges the runs. The result comes from the first runs and the deterministic metrics alone; the measurement
 * adds the measured metrics over the pairs.
 * A use case whose metrics are no numbers has measured nothing: it counts as crashed, with the reason.
 */
export function summarize(useCase: UseCase, runs: Runs, commands: readonly string[]): Summary {
  const { id, name, owner, purpose } = useCase;
  const ends = crashesOf(runs);
  const crashes = ends.length > 0 ? ends : unusableMetrics(useCase, runs);
  const metrics = crashes.length > 0 ? [] : judge(useCase, runs, false);
  const measured = crashes.length > 0 ? [] : judge(useCase, runs, true);
  const verdict = crashes.length > 0 ? "crashed" : overallVerdict(metrics);
  const detail = [...crashes, ...lost(metrics), ...(crashes.length > 0 ? [] : unsteady(useCase, runs))].join("; ");
  return {
    result: { id, name, owner, purpose, verdict, detail, metrics, outputs: outputsOf(useCase, runs), commands: [...commands] },
    measurement: {
      id,
      repeats: Math.min(runs.legacy.length, runs.latest.length) - 1,
      metrics: measured,
      verdict: crashes.length > 0 ? "crashed" : overallVerdict([...metrics, ...measured]),
    },
  };
}

function judge(useCase: UseCase, runs: Runs, measured: boolean): MetricResult[] {
  const metrics = useCase.metrics.filter((metric) => metric.measured === measured);
  return metrics.map((metric) => judgeMetric(metric, samplesOf(metric, runs)));
}

function samplesOf(metric: Metric, runs: Runs): Samples {
  const [from, to] = metric.measured ? [1, undefined] : [0, 1];
  const pick = (flavor: Flavor) => runs[flavor].slice(from, to).map((outcome) => figure(outcome, metric.id) ?? null);
  return { legacy: pick("legacy"), latest: pick("latest") };
}

function figure(outcome: RunOutcome | undefined, path: string): number | null | undefined {
  return outcome?.status === "ok" ? valueAt(outcome.line, path) : undefined;
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

function lost(metrics: readonly MetricResult[]): string[] {
  return metrics.filter((metric) => metric.latest === null && metric.legacy !== null).map((metric) => `latest: gives no ${metric.id}`);
}

/** What should be the same in every run of one flavor and was not; said without figures, as these change by the run. */
function unsteady(useCase: UseCase, runs: Runs): string[] {
  return FLAVORS.flatMap((flavor) => {
    const differs = (read: (outcome: RunOutcome) => unknown) => new Set(runs[flavor].map(read)).size > 1;
    const metrics = useCase.metrics.filter((metric) => !metric.measured && differs((outcome) => figure(outcome, metric.id)));
    const files = useCase.outputs.filter((_, index) => differs((outcome) => digestAt(outcome, index)));
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
