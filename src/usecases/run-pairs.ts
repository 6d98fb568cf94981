/** Owns the runs of one use case: the first of each flavor, then pairs. */
import { rm } from "node:fs/promises";
import { join } from "node:path";

import { type Flavor, FLAVORS } from "../model/build.js";
import type { UseCase } from "../model/use-case.js";
import { exists, replaceFolder } from "../support/fs.js";
import { type Execution, type RunOutcome, execute } from "./execute.js";
import { pairOrder } from "./pair-order.js";
import { fillPlaceholders } from "./placeholders.js";
import type { RunKey, RunLog } from "./run-log.js";

/** Where things lie for one use case. All absolute. */
export interface Places {
  readonly program: string;
  readonly root: string;
  /** The prepared inputs of this use case. */
  readonly inputs: string;
  /** Gets one folder per flavor with the outputs of its first run. */
  readonly out: string;
  /** The flavor that each arm runs: itself, or the same for both when a release is compared with itself. */
  readonly arms: Arms;
  /** Runs that are known already, and where new ones are noted. */
  readonly log?: RunLog | undefined;
}

export type Arms = Readonly<Record<Flavor, Flavor>>;

export const EACH_ITS_OWN: Arms = { legacy: "legacy", latest: "latest" };

/** The runs of one flavor: the first (warm-up, gives the deterministic figures), then one per pair. */
export type Runs = Readonly<Record<Flavor, readonly RunOutcome[]>>;

/** The command of one arm, placeholders filled in. */
export function commandOf(useCase: UseCase, places: Places, arm: Flavor): string[] {
  const { program, inputs, root, arms } = places;
  const flavor = arms[arm];
  const words = [...useCase.run, ...useCase.flavors[flavor].arguments];
  return fillPlaceholders(words, { program, flavor, inputs, out: `${places.out}/${arm}`, root });
}

/** What is added to the environment of a flavor's runs. */
export function environmentOf({ environment, flavors }: UseCase, flavor: Flavor): Record<string, string> {
  return { ...environment, ...flavors[flavor].environment };
}

/** One run of an arm, which writes into `places.out`. */
export function executionOf(useCase: UseCase, places: Places, arm: Flavor, cpu?: number): Execution {
  const { outputs, timeoutSeconds, limits } = useCase;
  const environment = environmentOf(useCase, places.arms[arm]);
  const argv = commandOf(useCase, places, arm);
  return { argv, cwd: places.root, environment, out: join(places.out, arm), outputs, timeoutSeconds, limits, cpu };
}

/** The arms that have something to run; a flavor may have no such use case. */
export function armsOf({ flavors }: UseCase, { arms }: Pick<Places, "arms">): Flavor[] {
  return FLAVORS.filter((arm) => flavors[arms[arm]].runs);
}

/** Runs each flavor that has the use case once; after a crash of one the other still gets its run. `places.out` is replaced as a whole. */
export async function firstRuns(useCase: UseCase, places: Places, cpu?: number): Promise<Runs> {
  const { log } = places;
  const arms = armsOf(useCase, places);
  const known = arms.flatMap((arm) => log?.find({ useCase: useCase.id, arm, index: 0 }) ?? []);
  if (known.length === arms.length && (await exists(places.out))) return runsOf(arms, known);
  const outcomes = await replaceFolder(places.out, async (out) => {
    const made: RunOutcome[] = [];
    for (const arm of arms) made.push(await once(useCase, { ...places, out }, arm, cpu));
    return made;
  });
  for (const [index, outcome] of outcomes.entries()) await log?.add({ useCase: useCase.id, arm: arms[index] as Flavor, index: 0 }, outcome);
  return runsOf(arms, outcomes);
}

function runsOf(arms: readonly Flavor[], outcomes: readonly RunOutcome[]): Runs {
  const of = (arm: Flavor) => outcomes.filter((_, index) => arms[index] === arm);
  return { legacy: of("legacy"), latest: of("latest") };
}

/** Only one flavor has the use case: there is nothing to compare it with. */
export function isAlone(runs: Runs): boolean {
  return FLAVORS.some((flavor) => runs[flavor].length === 0);
}

/** The same runs and further pairs, until there are `pairs` of them or one crashes. Their outputs are not kept. */
export async function withPairs(useCase: UseCase, places: Places, runs: Runs, pairs: number, cpu?: number): Promise<Runs> {
  const more: Record<Flavor, RunOutcome[]> = { legacy: [...runs.legacy], latest: [...runs.latest] };
  const turns = pairOrder(pairs).slice(pairsOf(runs));
  for (const arm of turns.flat()) {
    if (hasCrashed(more)) break;
    more[arm].push(await repeated(useCase, places, { useCase: useCase.id, arm, index: more[arm].length }, cpu));
  }
  await rm(repeatFolder(places), { recursive: true, force: true });
  return more;
}

async function repeated(useCase: UseCase, places: Places, key: RunKey, cpu: number | undefined): Promise<RunOutcome> {
  const known = places.log?.find(key);
  if (known !== undefined) return known;
  const outcome = await once(useCase, { ...places, out: repeatFolder(places) }, key.arm, cpu);
  await places.log?.add(key, outcome);
  return outcome;
}

function repeatFolder(places: Places): string {
  return `${places.out}.repeat`;
}

/** How many pairs follow the first runs. */
export function pairsOf(runs: Runs): number {
  return Math.max(0, Math.min(...FLAVORS.map((flavor) => runs[flavor].length)) - 1);
}

export function hasCrashed(runs: Runs): boolean {
  return FLAVORS.some((flavor) => runs[flavor].some((outcome) => outcome.status === "crashed"));
}

async function once(useCase: UseCase, places: Places, arm: Flavor, cpu: number | undefined): Promise<RunOutcome> {
  const out = join(places.out, arm);
  const outcome = await execute(executionOf(useCase, places, arm, cpu));
  if (outcome.status === "crashed") await rm(out, { recursive: true, force: true });
  return outcome;
}
