/** Owns a comparison with a log: what a comparison of the same things that was cut short has run already is taken from there. */
import { comparisonDigest } from "./comparison-digest.js";
import { endRunLog, openRunLog } from "./run-log.js";
import { type UseCaseComparison, type UseCaseRequest, runUseCases } from "./run-use-cases.js";

/** `goingOn` is told how many runs were found, when there are any. */
export async function runLogged(request: UseCaseRequest, file: string, goingOn?: (found: number) => void): Promise<UseCaseComparison> {
  const log = await openRunLog(file, await comparisonDigest(request));
  if (log.found > 0) goingOn?.(log.found);
  const comparison = await runUseCases({ ...request, log });
  await endRunLog(file);
  return comparison;
}
