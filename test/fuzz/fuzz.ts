/** Owns the loop: mutate, check, keep what reaches new code. */
import type { Coverage } from "./coverage.js";
import { mutate } from "./mutate.js";
import { createDice } from "./random.js";
import type { Seed } from "./seeds.js";
import { type CheckOptions, type Outcome, type Target, UnstableResult } from "./target.js";

export interface FuzzRequest {
  readonly target: Target;
  readonly seeds: readonly Seed[];
  /** Inputs to try. */
  readonly inputs: number;
  readonly seed: number;
  /** Inputs that make one tree. */
  readonly tree?: number;
  readonly coverage?: Coverage | undefined;
  readonly told?: (figures: Figures) => void;
}

export interface Figures {
  inputs: number;
  /** In trees that were isolated. */
  accepted: number;
  /** Accepted, with at least one edit. */
  changed: number;
  edits: number;
  tokens: number;
  /** By reason. */
  readonly refused: Map<string, number>;
  /** Trees that were isolated twice, and of these the ones that changed again. */
  twice: number;
  unstable: number;
  corpus: number;
  blocks: number;
}

/** An input that breaks a property, with what was broken. */
export interface Failure {
  readonly inputs: readonly Seed[];
  readonly error: unknown;
  readonly options: CheckOptions;
}

/** Inputs that make one tree, unless asked otherwise: what a tree costs by itself must not count. */
const TREE = 128;

/** The first trees are looked at for new code each; later one in `LOOK`, since a look takes as long as many inputs. */
const ALL_LOOKED = 64;
const LOOK = 16;

/** Trees between two words about the figures. */
const TELL = 16;

/** Trees of which one goes through the commands themselves. */
const ON_DISK = 200;

/** Trees of which one is isolated twice. */
const AGAIN = 8;

/** Runs until `inputs` inputs are tried; stops at the first failure, brought down to the inputs that it needs. */
export async function fuzz({
  target,
  seeds,
  inputs,
  seed,
  tree: size = TREE,
  coverage,
  told,
}: FuzzRequest): Promise<{ figures: Figures; failure?: Failure }> {
  const dice = createDice(seed);
  const corpus = [...seeds];
  const figures: Figures = {
    inputs: 0,
    accepted: 0,
    changed: 0,
    edits: 0,
    tokens: 0,
    refused: new Map(),
    twice: 0,
    unstable: 0,
    corpus: corpus.length,
    blocks: 0,
  };
  let trees = 0;
  for (let at = 0; at < seeds.length; at += size) await target.check(seeds.slice(at, at + size));
  coverage?.gather();
  while (figures.inputs < inputs) {
    const tree = Array.from({ length: size }, () => mutate(dice.pick(corpus), dice.pick(corpus), dice));
    const watched = coverage !== undefined && (trees < ALL_LOOKED || trees % LOOK === 0) ? coverage : undefined;
    watched?.ran();
    const failure = await tried(target, tree, optionsFor(trees++), figures);
    if (failure !== undefined) return { figures, failure: await smaller(target, failure) };
    if (watched !== undefined) corpus.push(...(await newInputs(target, tree, watched, watched.gather())));
    figures.corpus = corpus.length;
    figures.blocks = coverage?.blocks() ?? 0;
    if (trees % TELL === 0) told?.(figures);
  }
  return { figures };
}

function optionsFor(tree: number): CheckOptions {
  return { onDisk: tree % ON_DISK === ON_DISK - 1, again: tree % AGAIN === 0 };
}

async function tried(target: Target, tree: readonly Seed[], options: CheckOptions, figures: Figures): Promise<Failure | undefined> {
  try {
    await counted(target, tree, options, figures);
    figures.inputs += tree.length;
    return undefined;
  } catch (error) {
    return { inputs: tree, error, options };
  }
}

/** A tree is refused for one of its inputs or for two together: its halves are tried, down to single inputs. */
async function counted(target: Target, tree: readonly Seed[], options: CheckOptions, figures: Figures): Promise<void> {
  const outcome = await checkedTwice(target, tree, options, figures);
  if (outcome.refused === undefined) return count(outcome, tree.length, figures);
  if (tree.length === 1) {
    figures.refused.set(outcome.refused, (figures.refused.get(outcome.refused) ?? 0) + 1);
    return;
  }
  for (const half of halves(tree)) await counted(target, half, options, figures);
}

async function checkedTwice(target: Target, tree: readonly Seed[], options: CheckOptions, figures: Figures): Promise<Outcome> {
  if (options.again !== true || options.onDisk === true) return target.check(tree, options);
  figures.twice++;
  try {
    return await target.check(tree, options);
  } catch (error) {
    if (!(error instanceof UnstableResult)) throw error;
    figures.unstable++;
    return target.check(tree);
  }
}

function halves(tree: readonly Seed[]): [readonly Seed[], readonly Seed[]] {
  const middle = Math.ceil(tree.length / 2);
  return [tree.slice(0, middle), tree.slice(middle)];
}

function count({ changed, edits, tokens }: Outcome, inputs: number, figures: Figures): void {
  figures.accepted += inputs;
  figures.changed += changed;
  figures.edits += edits;
  figures.tokens += tokens;
}

/** The inputs of a tree that reach the blocks in `news`: its halves are run again, down to single inputs. */
async function newInputs(target: Target, tree: readonly Seed[], coverage: Coverage, news: Set<string>): Promise<Seed[]> {
  const found: Seed[] = [];
  const reaches = async (inputs: readonly Seed[]): Promise<string[]> => {
    coverage.ran();
    await target.check(inputs).catch(() => undefined);
    return [...coverage.ran()].filter((block) => news.has(block));
  };
  const search = async (inputs: readonly Seed[]): Promise<void> => {
    const blocks = news.size === 0 ? [] : await reaches(inputs);
    if (blocks.length === 0) return;
    if (inputs.length > 1) for (const half of halves(inputs)) await search(half);
    else {
      found.push(...inputs);
      for (const block of blocks) news.delete(block);
    }
  };
  for (const half of halves(tree)) await search(half);
  return found;
}

/** The failure with as few inputs as still fail, and each cut as far as it still fails. */
async function smaller(target: Target, failure: Failure): Promise<Failure> {
  const { options } = failure;
  let { inputs, error } = failure;
  const fails = async (fewer: readonly Seed[]): Promise<boolean> => {
    try {
      await target.check(fewer, options);
      return false;
    } catch (caught) {
      error = caught;
      return true;
    }
  };
  for (let size = Math.ceil(inputs.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < inputs.length && inputs.length > 1;) {
      const without = inputs.filter((_, index) => index < at || index >= at + size);
      if (without.length > 0 && (await fails(without))) inputs = without;
      else at += size;
    }
  }
  for (let step = 2048; step >= 1; step = Math.floor(step / 2)) {
    for (let i = 0; i < inputs.length; i++) {
      for (let at = 0; at < (inputs[i] as Seed).bytes.length;) {
        const { bytes, ending } = inputs[i] as Seed;
        const cut = inputs.with(i, { bytes: Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + step)]), ending });
        if (await fails(cut)) inputs = cut;
        else at += step;
      }
    }
  }
  await fails(inputs);
  return { inputs, error, options };
}
