/** Owns the runs of a use case under callgrind: the same count each time, many times slower. */
import { makeFolder } from "../../support/fs.js";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import { type Flavor, FLAVORS } from "../../model/build.js";
import type { Metric, MetricResult, UseCase } from "../../model/use-case.js";
import { execute } from "../execute.js";
import { type Places, commandOf, environmentOf } from "../run-pairs.js";
import { marginIn, metricResult } from "../verdict.js";
import { type FunctionChange, changedFunctions } from "./compare-profiles.js";
import { type Profile, parseProfile } from "./parse-profile.js";

export interface ProfileComparison {
  readonly useCase: string;
  /** Undefined when a run crashed under callgrind. */
  readonly metric: MetricResult | undefined;
  readonly functions: readonly FunctionChange[];
  /** "latest: signal SIGSEGV"; empty when all runs ended well. */
  readonly crash: string;
}

/** Each flavor runs this often: the count of a second run tells whether the first can be trusted. */
const RUNS = 2;
const SLOWER = 120;
/** In percent of the run. */
const LEAST_CHANGE = 0.1;

const DEFAULT_METRIC: Metric = {
  id: "run.instructions",
  name: "instructions",
  unit: "instructions",
  direction: "lower",
  margin: 0.5,
  relative: true,
  measured: true,
};

/** Profiles both arms. The margin is that of the use case's metric `run.instructions`, else half a percent. */
export async function profileUseCase(useCase: UseCase, places: Places, cpu: number | undefined): Promise<ProfileComparison> {
  const profiles: Record<Flavor, Profile[]> = { legacy: [], latest: [] };
  for (let round = 0; round < RUNS; round++)
    for (const arm of FLAVORS) {
      const outcome = await profileOnce(useCase, places, arm, cpu);
      if (typeof outcome === "string") return { useCase: useCase.id, metric: undefined, functions: [], crash: `${arm}: ${outcome}` };
      profiles[arm].push(outcome);
    }
  const metric = useCase.metrics.find(({ id }) => id === DEFAULT_METRIC.id) ?? DEFAULT_METRIC;
  const [legacy, latest] = [profiles.legacy[0], profiles.latest[0]];
  const functions = legacy === undefined || latest === undefined ? [] : changedFunctions(legacy, latest, LEAST_CHANGE);
  return { useCase: useCase.id, metric: judgeCounts(metric, profiles), functions, crash: "" };
}

async function profileOnce(useCase: UseCase, places: Places, arm: Flavor, cpu: number | undefined): Promise<Profile | string> {
  const folder = `${places.out}.callgrind`;
  const file = join(folder, `${arm}.profile`);
  await makeFolder(folder);
  await rm(file, { force: true });
  const wrap = ["valgrind", "--tool=callgrind", "--quiet", `--callgrind-out-file=${file}`, "--"];
  const argv = [...wrap, ...commandOf(useCase, { ...places, out: folder }, arm)];
  const { outputs, limits } = useCase;
  const environment = environmentOf(useCase, places.arms[arm]);
  const timeoutSeconds = useCase.timeoutSeconds * SLOWER;
  const outcome = await execute({ argv, cwd: places.root, environment, out: join(folder, arm), outputs, timeoutSeconds, limits, cpu });
  if (outcome.status === "crashed") return outcome.how;
  return parseProfile(await readFile(file, "utf8"), file);
}

/** Worse when even the nearest counts of both flavors lie further apart than the margin; no worse when the furthest do not. */
export function judgeCounts(metric: Metric, profiles: Readonly<Record<Flavor, readonly Profile[]>>): MetricResult {
  const legacy = profiles.legacy.map(({ total }) => total);
  const latest = profiles.latest.map(({ total }) => total);
  const base = metricResult(metric, { legacy, latest });
  const margin = marginIn(metric, Math.min(...legacy));
  const [nearest, furthest] = [Math.min(...latest) - Math.max(...legacy), Math.max(...latest) - Math.min(...legacy)];
  if (nearest > margin) return { ...base, verdict: "worse" };
  if (furthest > margin) return { ...base, verdict: "inconclusive" };
  return { ...base, verdict: furthest < -margin ? "better" : "no worse" };
}
