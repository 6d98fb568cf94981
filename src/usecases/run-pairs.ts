/** Owns the comparison of both flavors on one use case: the runs, and what they say. */
import { rm } from "node:fs/promises";
import { join } from "node:path";

import type { Flavor } from "../model/build.js";
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

/**
 * Runs each flavor once, then `repeat` pairs when a metric wants repeats. After a crash of one flavor the
 * other still gets its first run; no pairs follow. `places.out` is replaced as a whole.
 */
export async function runBothFlavors(useCase: UseCase, places: Places, repeat: number): Promise<Runs> {
  return await replaceFolder(places.out, async (out) => {
    const fresh = { ...places, out };
    const runs: Record<Flavor, RunOutcome[]> = {
      legacy: [await once(useCase, fresh, "legacy")],
      latest: [await once(useCase, fresh, "latest")],
    };
    await runPairs(useCase, { ...fresh, out: join(out, "repeat") }, repeat, runs);
    await rm(join(out, "repeat"), { recursive: true, force: true });
    return runs;
  });
}

async function runPairs(useCase: UseCase, places: Places, repeat: number, runs: Record<Flavor, RunOutcome[]>): Promise<void> {
  if (!useCase.metrics.some((metric) => metric.measured)) return;
  for (const flavor of pairOrder(repeat).flat()) {
    if (hasCrashed(runs)) return;
    runs[flavor].push(await once(useCase, places, flavor));
  }
}

function hasCrashed(runs: Runs): boolean {
  return [...runs.legacy, ...runs.latest].some((outcome) => outcome.status === "crashed");
}

async function once(useCase: UseCase, places: Places, flavor: Flavor): Promise<RunOutcome> {
  const out = join(places.out, flavor);
  const { outputs, timeoutSeconds } = useCase;
  const outcome = await execute({ argv: commandOf(useCase, places, flavor), cwd: places.root, out, outputs, timeoutSeconds });
  if (outcome.status === "crashed") await rm(out, { recursive: true, force: true });
  return outcome;
}
