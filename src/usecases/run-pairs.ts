/** Owns the runs of one use case: the first of each flavor, then pairs. */
import { rm } from "node:fs/promises";
import { join } from "node:path";

import { type Flavor, FLAVORS } from "../model/build.js";
import type { UseCase } from "../model/use-case.js";
import { replaceFolder } from "../support/fs.js";
import { type RunOutcome, execute } from "./execute.js";
import { pairOrder } from "./pair-order.js";
import { fillPlaceholders } from "./placeholders.js";

/** Where things lie for one use case. All absolute. */
export interface Places {
  readonly program: string;
  readonly root: string;
  /** The prepared inputs of this use case. */
  readonly inputs: string;
  /** Gets one folder per flavor with the outputs of its first run. */
  readonly out: string;
}

/** The runs of one flavor: the first (warm-up, gives the deterministic figures), then one per pair. */
export type Runs = Readonly<Record<Flavor, readonly RunOutcome[]>>;

/** The command of one flavor, placeholders filled in. */
export function commandOf(useCase: UseCase, places: Places, flavor: Flavor): string[] {
  const { program, inputs, root } = places;
  return fillPlaceholders(useCase.run, { program, flavor, inputs, out: `${places.out}/${flavor}`, root });
}

/** Runs each flavor once; after a crash of one the other still gets its run. `places.out` is replaced as a whole. */
export async function firstRuns(useCase: UseCase, places: Places): Promise<Runs> {
  return await replaceFolder(places.out, async (out) => ({
    legacy: [await once(useCase, { ...places, out }, "legacy")],
    latest: [await once(useCase, { ...places, out }, "latest")],
  }));
}

/** The same runs and further pairs, until there are `pairs` of them or one crashes. Their outputs are not kept. */
export async function withPairs(useCase: UseCase, places: Places, runs: Runs, pairs: number): Promise<Runs> {
  const more: Record<Flavor, RunOutcome[]> = { legacy: [...runs.legacy], latest: [...runs.latest] };
  const out = `${places.out}.repeat`;
  for (const flavor of pairOrder(pairs).slice(pairsOf(runs)).flat()) {
    if (hasCrashed(more)) break;
    more[flavor].push(await once(useCase, { ...places, out }, flavor));
  }
  await rm(out, { recursive: true, force: true });
  return more;
}

/** How many pairs follow the first runs. */
export function pairsOf(runs: Runs): number {
  return Math.min(...FLAVORS.map((flavor) => runs[flavor].length)) - 1;
}

export function hasCrashed(runs: Runs): boolean {
  return FLAVORS.some((flavor) => runs[flavor].some((outcome) => outcome.status === "crashed"));
}

async function once(useCase: UseCase, places: Places, flavor: Flavor): Promise<RunOutcome> {
  const out = join(places.out, flavor);
  const { outputs, timeoutSeconds, environment } = useCase;
  const outcome = await execute({ argv: commandOf(useCase, places, flavor), cwd: places.root, environment, out, outputs, timeoutSeconds });
  if (outcome.status === "crashed") await rm(out, { recursive: true, force: true });
  return outcome;
}
