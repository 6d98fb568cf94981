/** Whole comparisons out of recorded runs of a release with itself: blocks of runs that followed each other, drawn again and again. */
import { readFileSync } from "node:fs";

import { seededRandom } from "../../dist/support/random.js";

/** Four pairs: what carries over from run to run stays within. */
const BLOCK = 8;

/** A log of runs (runs.ndjson): by use case, the first run, and those of the pairs in the order in which they ran. */
export function recordedRuns(file) {
  const lines = readFileSync(file, "utf8").trim().split("\n").slice(1, -1);
  const byUseCase = new Map();
  for (const { useCase, index, outcome } of lines.map((line) => JSON.parse(line))) {
    const known = byUseCase.get(useCase) ?? { first: outcome, runs: [] };
    if (index > 0) known.runs.push(outcome);
    byUseCase.set(useCase, known);
  }
  return byUseCase;
}

/** A log that gives resampled runs in the place of new ones. */
export function resampledLog(recorded, seed) {
  const random = seededRandom(seed);
  const drawn = new Map();
  return {
    found: 0,
    add: () => Promise.resolve(),
    find({ useCase, index }) {
      const { first, runs } = recorded.get(useCase);
      if (index === 0) return first;
      const mine = drawn.get(useCase) ?? [];
      drawn.set(useCase, mine);
      if (mine.length === 0) mine.push(...blockOf(runs, random));
      return mine.shift();
    },
  };
}

/** From a random place on; the one or the other arm gets the first of it. */
function blockOf(runs, random) {
  const start = Math.floor(random() * runs.length);
  const block = Array.from({ length: BLOCK }, (_, offset) => runs[(start + offset) % runs.length]);
  if (random() < 0.5) return block;
  return block.flatMap((_, index) => (index % 2 === 0 ? [block[index + 1], block[index]] : []));
}
