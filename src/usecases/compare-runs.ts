/** Owns the looks: pairs of runs for what scatters, more of them where nothing is settled yet, and the judgement over all use cases. */
import type { OutputComparison } from "../model/tolerance.js";
import type { Calibration } from "../model/calibration.js";
import type { MetricResult, UseCase } from "../model/use-case.js";
import { floorOf } from "./calibration/noise.js";
import { ERROR_RATES, judgePairs } from "./judge-pairs.js";
import type { MeasuredMetric } from "./pair-scale.js";
import { type Places, type Runs, hasCrashed, isAlone, pairsOf, withPairs } from "./run-pairs.js";
import { pairSamples, scatters } from "./samples.js";

/** A use case under comparison. */
export interface Work {
  readonly useCase: UseCase;
  readonly places: Places;
  /** The outputs of the first runs that have a tolerance. */
  readonly outputs: readonly OutputComparison[];
}

export type Ran = Work & { readonly runs: Runs };

/** A use case with its runs, and its metrics that scatter, judged. */
export interface Compared extends Work {
  readonly runs: Runs;
  readonly scattering: readonly MetricResult[];
}

/** Runs `work` on each use case, some at once; `cpu` is the core that its runs are pinned to. */
export type Each = <T, R>(label: string, items: readonly T[], work: (item: T, cpu: number | undefined) => Promise<R>) => Promise<R[]>;

/**
 * After the first runs: `repeat` pairs for each use case, then twice and four times as many where a metric is still inconclusive. A use
 * case without a measured metric gets one pair, which shows whether its figures scatter. A calibration says how much scatter to reckon
 * with at least.
 */
export async function compareRuns(first: readonly Ran[], repeat: number, each: Each, calibration?: Calibration): Promise<Compared[]> {
  let compared = judgeAll(first, calibration);
  for (let look = 0; look < ERROR_RATES.looks; look++) {
    const pairs = repeat * 2 ** look;
    const open = compared.filter((work) => isOpen(work, look));
    if (open.length === 0) break;
    const label = look === 0 ? "pairs of runs" : `pairs of runs, up to ${pairs}`;
    const longer = await each(label, open, (work, cpu) => longerRuns(work, pairs, cpu));
    const byWork = new Map(open.map((work, index) => [work, longer[index] ?? work.runs]));
    compared = judgeAll(
      compared.map((work) => withRuns(work, byWork.get(work))),
      calibration,
    );
  }
  return compared;
}

async function longerRuns({ useCase, places, runs }: Compared, pairs: number, cpu: number | undefined): Promise<Runs> {
  const probed = pairsOf(runs) === 0 ? await withPairs(useCase, places, runs, 1, cpu) : runs;
  const isNoisy = useCase.metrics.some((metric) => scatters(metric, probed));
  return isNoisy ? await withPairs(useCase, places, probed, pairs, cpu) : probed;
}

function isOpen({ runs, scattering }: Compared, look: number): boolean {
  if (hasCrashed(runs) || isAlone(runs)) return false;
  return look === 0 || scattering.some((metric) => metric.verdict === "inconclusive");
}

function withRuns<T extends Ran>(work: T, runs: Runs | undefined): T {
  return runs === undefined ? work : { ...work, runs };
}

function judgeAll(works: readonly Ran[], calibration: Calibration | undefined): Compared[] {
  const measured = works.map((work) => flooredMetrics(work, calibration));
  const judged = judgePairs(measured.flat(), ERROR_RATES);
  let next = 0;
  return works.map(({ useCase, places, outputs, runs }, index) => {
    const from = next;
    next += measured[index]?.length ?? 0;
    return { useCase, places, outputs, runs, scattering: judged.slice(from, next) };
  });
}

function flooredMetrics(ran: Ran, calibration: Calibration | undefined): MeasuredMetric[] {
  const floor = ({ metric }: MeasuredMetric) => floorOf(calibration, ran.useCase.id, metric);
  return measuredMetrics(ran).map(({ metric, samples }) => ({ metric, samples, floor: floor({ metric, samples }) }));
}

/** The metrics of a use case that scatter, with their pairs; none after a crash. */
export function measuredMetrics({ useCase, runs }: Ran): MeasuredMetric[] {
  if (hasCrashed(runs) || isAlone(runs)) return [];
  return useCase.metrics.filter((metric) => scatters(metric, runs)).map((metric) => ({ metric, samples: pairSamples(metric, runs) }));
}
