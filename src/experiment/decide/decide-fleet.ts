/** Owns the decisions on all experiments of a campaign at once, where the budget is not split but shared by e-BH. */
import type { Decision } from "../../model/decision.js";
import { eBenjaminiHochberg } from "../../stats/corrections/e-values.js";
import { type DecideRequest, decide } from "./decide.js";

/**
 * Decides on every experiment. With `e-bh` harm counts as proven from one e-value on for all (Wang and Ramdas 2022): of the halted use
 * cases a share of alpha at most is expected to be halted falsely. That finds more where several use cases are harmed at once, and bounds
 * less: one false halt among twenty halts is within it, where the split budget bounds the chance of any.
 */
export function decideFleet(requests: readonly DecideRequest[]): Decision[] {
  const first = requests.map((request) => decide(request));
  const [budget] = requests.map((request) => request.budget);
  if (budget?.method !== "e-bh") return first;
  const alpha = Math.min(...requests.map((request) => request.budget.alpha));
  const eThreshold = thresholdOf(first, alpha, budget.tests);
  return requests.map((request) => decide({ ...request, budget: { ...request.budget, eThreshold } }));
}

/** The e-value from which a test is found; tests / alpha while none is. */
function thresholdOf(decisions: readonly Decision[], alpha: number, tests: number): number {
  const logE = decisions.flatMap(({ perMetric }) =>
    perMetric.filter(({ role }) => role !== "signal").map(({ eValue }) => Math.log(eValue)),
  );
  const absent = Array.from<number>({ length: Math.max(0, tests - logE.length) }).fill(-Infinity);
  const found = eBenjaminiHochberg([...logE, ...absent], alpha).filter(Boolean).length;
  return Math.max(tests, logE.length) / (alpha * Math.max(1, found));
}
