/** Owns the loop over mutated objects: mutate, check, keep what reaches new code. */
import type { Coverage } from "./coverage.js";
import { mutateObject } from "./objects-mutate.js";
import { type ObjectOutcome, checkObject } from "./objects-target.js";
import { createDice } from "./random.js";

export interface ObjectFuzzRequest {
  readonly seeds: readonly Buffer[];
  readonly inputs: number;
  readonly seed: number;
  readonly coverage?: Coverage | undefined;
  readonly told?: (figures: ObjectFigures) => void;
}

export interface ObjectFigures {
  inputs: number;
  /** Read as a whole, without any refusal. */
  accepted: number;
  /** Refused in part: the tables of at least one object were read. */
  partly: number;
  objects: number;
  symbols: number;
  /** Refusals by field. */
  readonly refused: Map<string, number>;
  corpus: number;
  blocks: number;
  largestRss: number;
}

export interface ObjectFailure {
  readonly bytes: Buffer;
  readonly error: unknown;
}

const BATCH = 256;
/** New code is looked for in the first batches, and later in some of every round: counting costs half the speed. */
const LOOKED = 64;
const LOOKED_AGAIN = 8;
const ROUND = 256;
/** Most memory that may ever be resident, in bytes. */
export const LARGEST_RSS = 768 * 2 ** 20;

/** Stops at the first input that breaks a property. */
export function fuzzObjects({ seeds, inputs, seed, coverage, told }: ObjectFuzzRequest): {
  figures: ObjectFigures;
  failure?: ObjectFailure;
} {
  const dice = createDice(seed);
  const corpus = [...seeds];
  const figures: ObjectFigures = {
    inputs: 0,
    accepted: 0,
    partly: 0,
    objects: 0,
    symbols: 0,
    refused: new Map(),
    corpus: corpus.length,
    blocks: 0,
    largestRss: 0,
  };
  for (const bytes of seeds) checkObject(bytes);
  coverage?.gather();
  for (let batch = 0; figures.inputs < inputs; batch++) {
    const watched = isLooked(batch) ? coverage : undefined;
    if (isLooked(batch) !== isLooked(batch - 1)) {
      if (watched === undefined) coverage?.pause();
      else if (batch > 0) watched.resume();
    }
    const tried = Array.from({ length: Math.min(BATCH, inputs - figures.inputs) }, () =>
      mutateObject(dice.pick(corpus), dice.pick(corpus), dice),
    );
    watched?.ran();
    for (const bytes of tried) {
      try {
        count(checkObject(bytes), figures);
      } catch (error) {
        return { figures, failure: { bytes, error } };
      }
    }
    if (watched !== undefined) corpus.push(...newInputs(tried, watched));
    const rss = process.resourceUsage().maxRSS * 1024;
    figures.largestRss = Math.max(figures.largestRss, rss);
    if (rss > LARGEST_RSS)
      return { figures, failure: { bytes: tried.at(-1) ?? Buffer.alloc(0), error: new Error(`${rss} bytes were resident`) } };
    figures.corpus = corpus.length;
    figures.blocks = coverage?.blocks() ?? 0;
    told?.(figures);
  }
  return { figures };
}

function isLooked(batch: number): boolean {
  return batch < LOOKED || batch % ROUND < LOOKED_AGAIN;
}

function count({ objects, symbols, refused }: ObjectOutcome, figures: ObjectFigures): void {
  figures.inputs++;
  figures.objects += objects;
  figures.symbols += symbols;
  if (refused.length === 0) figures.accepted++;
  else if (objects > 0) figures.partly++;
  for (const field of new Set(refused.map(general))) figures.refused.set(field, (figures.refused.get(field) ?? 0) + 1);
}

/** Without the names of sections, which mutations make up. */
function general(field: string): string {
  const plain = field.replace(/ (of|in) .*/s, "");
  return /^([a-z]+_[a-z]+|[A-Z][A-Za-z_]+|[a-z]+|[A-Za-z]{3,}( [a-z0-9]+)+)$/.test(plain) && plain.length > 3
    ? plain
    : "bytes of a section";
}

/** The inputs of a batch that reach blocks that none before did: halves are run again, down to single inputs. */
function newInputs(batch: readonly Buffer[], coverage: Coverage): Buffer[] {
  const news = coverage.gather();
  const found: Buffer[] = [];
  const search = (inputs: readonly Buffer[]): void => {
    if (news.size === 0 || inputs.length === 0) return;
    coverage.ran();
    for (const bytes of inputs) checkObject(bytes);
    const blocks = [...coverage.ran()].filter((block) => news.has(block));
    if (blocks.length === 0) return;
    if (inputs.length === 1) {
      found.push(...inputs);
      for (const block of blocks) news.delete(block);
      return;
    }
    const middle = Math.ceil(inputs.length / 2);
    search(inputs.slice(0, middle));
    search(inputs.slice(middle));
  };
  search(batch);
  return found;
}
