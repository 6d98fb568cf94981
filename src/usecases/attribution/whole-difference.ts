/** Owns the first question of a bisection: do both ends differ at all, on which scale, and how would a comparison judge it. */
import type { Metric, MetricResult } from "../../model/use-case.js";
import { holdsChange } from "../../stats/difference.js";
import { ERROR_RATES, judgePairs } from "../judge-pairs.js";
import { judgeMetric } from "../verdict.js";
import type { Sample } from "./probe.js";
import type { Question } from "./question.js";
import { CRASH } from "./question.js";
import { type Bench, type Scale } from "./readings.js";
import { type Reading, type Site, readSite } from "./site.js";

export interface Whole {
  readonly scale: Scale;
  readonly reading: Reading;
  readonly verdict: MetricResult["verdict"] | undefined;
  readonly differs: boolean;
  /** With `trusted` set where a run crashes only now and then. */
  readonly bench: Bench;
}

export interface WholeRules {
  readonly alpha: number;
  readonly firstPairs: number;
  readonly mostPairs: number;
  /** Runs among which a crash that comes now and then is looked for. */
  readonly crashRuns: number;
}

export async function wholeDifference(site: Site, question: Question, bench: Bench, rules: WholeRules): Promise<Whole> {
  const scale = await scaleOf(site, question, bench);
  if (scale === "crash") return await crashWhole(site, question, bench, rules);
  for (let pairs = rules.firstPairs; ; pairs = Math.min(2 * pairs, rules.mostPairs)) {
    const reading = await readSite(site, question.useCase, bench, { pairs, scale });
    const { estimate, samples } = reading;
    const differs = estimate !== undefined && estimate.mean !== 0 && holdsChange(estimate, 0, rules.alpha) === "yes";
    const verdict = scale === "missing" || question.metric === undefined ? undefined : judged(question.metric, samples);
    const settled = differs && verdict !== "inconclusive";
    if (settled || estimate === undefined || isSteady(samples) || pairs >= rules.mostPairs)
      return { scale, reading, verdict, differs, bench };
  }
}

async function scaleOf(site: Site, { useCase, metric, name }: Question, bench: Bench): Promise<Scale> {
  if (name === CRASH) return "crash";
  const { samples } = await readSite(site, useCase, bench, { pairs: 1, scale: "unit" });
  const [first] = samples;
  if (typeof first?.candidate === "string" || typeof first?.reference === "string") return "crash";
  if (first !== undefined && (first.candidate === null) !== (first.reference === null)) return "missing";
  const positive = samples.every(({ reference, candidate }) => Number(reference) > 0 && Number(candidate) > 0);
  return metric?.relative === true && positive ? "percent" : "unit";
}

/** How often the first crash came says how many runs without one are wanted elsewhere. */
async function crashWhole(site: Site, { useCase }: Question, bench: Bench, rules: WholeRules): Promise<Whole> {
  const patient: Bench = { ...bench, trusted: rules.crashRuns };
  const reading = await readSite(site, useCase, patient, { pairs: 1, scale: "crash" });
  const differs = (reading.estimate?.mean ?? 0) !== 0;
  const trusted = runsToTrust(reading.samples, rules.alpha);
  return { scale: "crash", reading, verdict: undefined, differs, bench: { ...bench, trusted } };
}

/** One crash in n runs: half that rate is taken for granted, so that (1 - rate)^runs is at most alpha. */
export function runsToTrust(samples: readonly Sample[], alpha: number): number {
  return Math.ceil(Math.log(alpha) / Math.log(1 - 1 / (2 * samples.length)));
}

function judged(metric: Metric, samples: readonly Sample[]): MetricResult["verdict"] | undefined {
  const numbers = (side: keyof Sample) => samples.map((sample) => (typeof sample[side] === "number" ? sample[side] : null));
  const both = { legacy: numbers("reference"), latest: numbers("candidate") };
  if (isSteady(samples)) return judgeMetric(metric, both).verdict;
  return judgePairs([{ metric, samples: both }], ERROR_RATES)[0]?.verdict;
}

function isSteady(samples: readonly Sample[]): boolean {
  return samples.length >= 2 && new Set(samples.map(({ reference, candidate }) => `${reference} ${candidate}`)).size === 1;
}
