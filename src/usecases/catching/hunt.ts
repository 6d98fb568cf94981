/** Owns the hunt: recorded inputs are changed, both flavors run on them, differences are kept by cause and made small. */
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import type { UseCase } from "../../model/use-case.js";
import { emit } from "../../support/bus.js";
import { monotonicMs } from "../../support/clock.js";
import { listFiles } from "../../support/fs.js";
import { allowedCpus } from "../../support/machine.js";
import { seededRandom } from "../../support/random.js";
import { mapParallel } from "../parallel.js";
import { type Difference, type TryPlace, compareFlavors } from "./compare-flavors.js";
import { mutate } from "./mutate.js";
import { shrink } from "./shrink.js";

export interface HuntRequest {
  readonly useCase: UseCase;
  readonly program: string;
  readonly root: string;
  /** The recorded inputs; only read. */
  readonly inputs: string;
  /** Gets the folders of tries. */
  readonly work: string;
  readonly tries: number;
  readonly seconds: number;
  readonly seed: number;
  readonly jobs: number;
  /** Tries at most to make one input smaller. */
  readonly shrinkTries: number;
  /** Causes that are known already: counted, and not looked at again. */
  readonly known: ReadonlySet<string>;
}

/** Files by name. */
export type Inputs = ReadonlyMap<string, Buffer>;

export interface Find {
  readonly difference: Difference;
  readonly inputs: Inputs;
  readonly how: readonly string[];
  readonly first: number;
  seen: number;
}

export interface Hunted {
  readonly finds: readonly Find[];
  readonly tries: number;
  readonly differing: number;
}

export async function hunt(request: HuntRequest): Promise<Hunted> {
  const recorded = await inputsIn(request.inputs);
  const found = new Map<string, Find>();
  const counts = { tries: 0, differing: 0 };
  const since = monotonicMs();
  const own = await tryOnce(request, 0, recorded);
  if (own !== undefined) note(request, found, counts, { difference: own, inputs: recorded, how: [], first: 0, seen: 1 });
  const numbers = recorded.size === 0 ? [] : Array.from({ length: request.tries }, (_, index) => index + 1);
  await mapParallel(numbers, request.jobs, async (number, job) => {
    if (monotonicMs() - since > request.seconds * 1000) return;
    counts.tries++;
    if (counts.tries % 10 === 0) emit({ type: "progress", label: "inputs", done: counts.tries, total: request.tries, unit: "steps" });
    const { inputs, how } = changed(recorded, seededRandom(request.seed * 1_000_003 + number));
    const difference = await tryOnce(request, job, inputs);
    if (difference !== undefined) note(request, found, counts, { difference, inputs, how, first: number, seen: 1 });
  });
  emit({ type: "progress:end", label: "inputs" });
  const finds: Find[] = [];
  for (const find of found.values()) finds.push(...(await smallest(request, find)));
  return { finds: finds.toSorted((a, b) => a.first - b.first), ...counts };
}

function note(request: HuntRequest, found: Map<string, Find>, counts: { differing: number }, find: Find): void {
  counts.differing++;
  const { key } = find.difference;
  const known = found.get(key);
  if (known !== undefined) known.seen++;
  if (known === undefined && !request.known.has(key)) found.set(key, find);
}

export async function inputsIn(folder: string): Promise<Map<string, Buffer>> {
  const files = (await listFiles(folder)).filter((file) => file !== "prepared.json");
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(join(folder, file))] as const)));
}

/** One of the files is changed. */
function changed(recorded: Inputs, random: () => number): { readonly inputs: Inputs; readonly how: string[] } {
  const files = [...recorded.keys()];
  const file = files[Math.floor(random() * files.length)] ?? "";
  const { bytes, how } = mutate(recorded.get(file) ?? Buffer.alloc(0), random, file);
  return { inputs: new Map([...recorded, [file, bytes]]), how: how.map((each) => `${file}: ${each}`) };
}

/** Both flavors on these files, written anew for each try. */
export async function tryOnce(request: HuntRequest, job: number, inputs: Inputs): Promise<Difference | undefined> {
  const folder = join(request.work, `job-${job}`);
  const files = join(folder, "inputs");
  await rm(files, { recursive: true, force: true });
  await writeInputs(files, inputs);
  const cpus = allowedCpus();
  const place: TryPlace = { ...request, out: join(folder, "out"), cpu: cpus[job % cpus.length] };
  return await compareFlavors(place, files);
}

export async function writeInputs(folder: string, inputs: Inputs): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [file, bytes] of inputs) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), bytes);
  }
}

/** Made small, file by file; nothing where a second run does not show it again. */
async function smallest(request: HuntRequest, find: Find): Promise<Find[]> {
  const { key } = find.difference;
  const again = await tryOnce(request, 0, find.inputs);
  if (again?.key !== key) return [];
  let { inputs } = find;
  let difference = again;
  for (const [file, bytes] of find.inputs) {
    const shows = async (smaller: Buffer): Promise<boolean> => {
      const seen = await tryOnce(request, 0, new Map([...inputs, [file, smaller]]));
      if (seen?.key === key) difference = seen;
      return seen?.key === key;
    };
    const shrunk = await shrink(bytes, shows, request.shrinkTries, file);
    inputs = new Map([...inputs, [file, shrunk.bytes]]);
  }
  return [{ ...find, inputs, difference }];
}

/** Replaces a folder of kept inputs. */
export async function copyInputs(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await cp(from, to, { recursive: true });
}
