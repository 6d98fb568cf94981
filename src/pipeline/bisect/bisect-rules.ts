/** Owns how sure a bisection has to be: the error rate of each answer, and what holds over all of them. */
import type { PairedEstimate } from "../../stats/paired.js";
import type { SearchRules } from "../../usecases/attribution/find-jumps.js";
import type { Whole } from "../../usecases/attribution/whole-difference.js";
import type { Caught } from "./search.js";

export interface BisectRules {
  /** Wanted over all answers. */
  readonly confidence: number;
  readonly mostPairs: number;
  /** Runs among which a crash that comes now and then is looked for. */
  readonly crashRuns: number;
}

/** Without scatter a tenth of the difference is told from nothing; with it, three tenths. */
const LEAST_EXACT = 0.1;
const LEAST_MEASURED = 0.3;
/** Questions that are asked at most; each gets its part of the error rate. */
const MOST_QUESTIONS = 50;

export function rulesFor(measured: boolean, { confidence, mostPairs }: BisectRules): Omit<SearchRules, "least"> {
  const firstPairs = measured ? 4 : 2;
  const most = Math.max(firstPairs, mostPairs);
  return { alpha: (1 - confidence) / (MOST_QUESTIONS * looksOf(firstPairs, most)), firstPairs, mostPairs: most };
}

/** The least part of the whole difference that is looked for. */
export function leastOf(whole: PairedEstimate | undefined): number {
  return Math.abs(whole?.mean ?? 0) * (whole?.standardError === 0 ? LEAST_EXACT : LEAST_MEASURED);
}

/** Part of the difference that was found, and the chance that no answer was false; certain where nothing scattered. That a run does not crash is never certain. */
export function surenessOf(caught: readonly Caught[], { reading, scale }: Whole, { alpha, firstPairs, mostPairs }: SearchRules) {
  const jumps = caught.flatMap((each) => each.jumps);
  const answers = caught.reduce((sum, each) => sum + each.answers, 1);
  const isExact = scale !== "crash" && [reading.estimate, ...jumps.map(({ change }) => change)].every((each) => each?.standardError === 0);
  const explained = jumps.reduce((sum, { change }) => sum + change.mean, 0) / (reading.estimate?.mean ?? 1);
  return { explained, answers, confidence: isExact ? 1 : Math.max(0, 1 - answers * looksOf(firstPairs, mostPairs) * alpha) };
}

function looksOf(first: number, most: number): number {
  return 1 + Math.ceil(Math.log2(Math.max(1, most / first)));
}
