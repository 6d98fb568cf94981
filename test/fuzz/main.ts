/**
 * Owns `npm run fuzz`: coverage-guided fuzzing of scan, survey, decision, rewriting and revert.
 * Usage: npm run fuzz -- [--inputs N] [--seed N] [--seeds FOLDER --word NAMESPACE] [--out FOLDER]
 */
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { startCoverage } from "./coverage.js";
import { type Failure, type Figures, fuzz } from "./fuzz.js";
import { ownSeeds, seedsFrom } from "./seeds.js";
import { createTarget } from "./target.js";

const { values } = parseArgs({
  options: {
    inputs: { type: "string", default: "20000" },
    seed: { type: "string", default: "1" },
    seeds: { type: "string", multiple: true, default: [] },
    word: { type: "string", default: "webrtc" },
    out: { type: "string", default: "fuzz-failures" },
  },
});

const REAL_SEEDS = 400;
const started = performance.now();
const place = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
const target = createTarget(mkdtempSync(join(place, "unfork-fuzz-")));
const seeds = [...ownSeeds(), ...values.seeds.flatMap((folder) => seedsFrom(folder, values.word, REAL_SEEDS))];
const coverage = startCoverage((url) => /\/src\/(isolate|tokens)\//.test(url));
let shown = 0;

const { figures, failure } = await fuzz({ target, seeds, inputs: Number(values.inputs), seed: Number(values.seed), coverage, told: tell });
coverage.stop();
target.close();
print(figures);
if (failure !== undefined) report(failure);

/** A line every ten seconds. */
function tell(now: Figures): void {
  if (performance.now() - shown < 10_000) return;
  shown = performance.now();
  print(now);
}

function print({ inputs, accepted, changed, edits, tokens, refused, twice, unstable, corpus, blocks }: Figures): void {
  const seconds = (performance.now() - started) / 1000;
  const why = [...refused].toSorted((a, b) => b[1] - a[1]).map(([reason, count]) => `\n    ${count} × ${reason}`);
  process.stdout.write(
    `${seconds.toFixed(0)} s: ${inputs} inputs, ${accepted} accepted (${changed} changed, ${edits} edits, ${tokens} tokens), ${unstable} of ${twice} trees of 128 change again in a second run, corpus ${corpus}, ${blocks} blocks${seconds > 0 ? `, ${(inputs / seconds).toFixed(0)}/s` : ""}${why.join("")}\n`,
  );
}

function report({ inputs, error }: Failure): void {
  mkdirSync(values.out, { recursive: true });
  for (const [index, { bytes, ending }] of inputs.entries()) writeFileSync(join(values.out, `f${index}.${ending}`), bytes);
  process.stderr.write(`a property is broken; the inputs are in ${values.out}: ${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
}
