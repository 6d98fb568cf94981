/**
 * Owns `npm run fuzz:objects`: coverage-guided fuzzing of the readers of objects and archives.
 * Usage: npm run fuzz:objects -- [--inputs N] [--seed N] [--out FILE]
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { startCoverage } from "./coverage.js";
import { type ObjectFigures, fuzzObjects } from "./objects-fuzz.js";
import { objectSeeds } from "./objects-seeds.js";

const { values } = parseArgs({
  options: {
    inputs: { type: "string", default: "20000" },
    seed: { type: "string", default: "1" },
    out: { type: "string", default: "fuzz-failure.o" },
  },
});

// What a refusal costs is its stack trace.
Error.stackTraceLimit = 0;
const started = performance.now();
const coverage = startCoverage((url) => /\/src\/objects\//.test(url));
/** Fields that are told; the rest are few, and some are names that mutations made up. */
const MOST_FIELDS = 40;
let shown = 0;
const { figures, failure } = fuzzObjects({
  seeds: objectSeeds(),
  inputs: Number(values.inputs),
  seed: Number(values.seed),
  coverage,
  told: tell,
});
coverage.stop();
print(figures);
if (failure !== undefined) {
  writeFileSync(values.out, failure.bytes);
  process.stderr.write(
    `a property is broken; the input is in ${values.out}: ${failure.error instanceof Error ? failure.error.stack : String(failure.error)}\n`,
  );
  process.exitCode = 1;
}

/** A line every ten seconds. */
function tell(now: ObjectFigures): void {
  if (performance.now() - shown < 10_000) return;
  shown = performance.now();
  print(now);
}

function print({ inputs, accepted, partly, objects, symbols, refused, corpus, blocks, largestRss }: ObjectFigures): void {
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage();
  const why = [...refused]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, MOST_FIELDS)
    .map(([field, count]) => `${count} × ${field}`);
  process.stdout.write(
    `${seconds.toFixed(0)} s (${((user + system) / 1e6).toFixed(0)} s of processor time): ${inputs} inputs, ${accepted} accepted, ${partly} read in part, ${objects} objects with ${symbols} symbols, corpus ${corpus}, ${blocks} blocks, at most ${(largestRss / 2 ** 20).toFixed(0)} MiB\n    ${why.join(", ")}\n`,
  );
}
