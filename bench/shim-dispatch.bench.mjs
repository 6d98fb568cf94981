/**
 * Measures what a call through a shim costs beside a plain call and a virtual one: processor time per call, medians of rounds taken by turns,
 * and instructions per call, which a busy machine does not change. Usage: node bench/shim-dispatch.bench.mjs [--rounds 101] [--calls 2000000]
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { buildDispatch } from "./shim-dispatch/build.mjs";

const CALLS = [
  ["plain", "plain call to another unit", "dual"],
  ["virtual", "virtual call of the library", "dual"],
  ["object", "shim object, two flavors", "dual"],
  ["function", "shim function, two flavors", "dual"],
  ["object", "shim object, one flavor", "single"],
  ["function", "shim function, one flavor", "single"],
];
/** What the shim's call ends in, so that the difference is the shim's. */
const BELOW = { object: "virtual", function: "plain" };

const { values } = parseArgs({ options: { rounds: { type: "string", default: "101" }, calls: { type: "string", default: "2000000" } } });
const folder = mkdtempSync(join(tmpdir(), "unfork-bench-dispatch-"));
try {
  for (const compiler of ["g++", "clang++"].filter((name) => spawnSync(name, ["--version"]).status === 0)) measure(compiler);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function measure(compiler) {
  const programs = { dual: buildDispatch(folder, compiler, "dual").program, single: buildDispatch(folder, compiler, "single").program };
  const rows = CALLS.map(([call, title, mode]) => ({ call, title, program: programs[mode], times: [] }));
  for (let round = 0; round < Number(values.rounds); round++) for (const row of rows) row.times.push(timeOf(row));
  const known = new Map(rows.slice(0, 2).map((row) => [row.call, { ns: median(row.times), instructions: instructionsOf(row) }]));
  const [version] = execFileSync(compiler, ["--version"], { encoding: "utf8" }).split("\n");
  console.log(`${version}, -O2\n`);
  console.log("| call | ns | more than what it calls | least | instructions | more |");
  console.log("| --- | --- | --- | --- | --- | --- |");
  for (const row of rows) {
    const below = known.get(BELOW[row.call]);
    const [ns, instructions] = [median(row.times), instructionsOf(row)];
    const more = below === undefined ? ["", ""] : [`${(ns - below.ns).toFixed(2)} ns`, instructions - below.instructions];
    console.log(`| ${[row.title, ns.toFixed(2), more[0], Math.min(...row.times).toFixed(2), instructions, more[1]].join(" | ")} |`);
  }
  console.log("");
}

/** One process: where its code and stack come to lie differs from run to run, and belongs to the measure. */
function timeOf({ program, call }) {
  return Number(execFileSync(program, [call, values.calls, "1"], { encoding: "utf8" }));
}

/** The difference of two counts of calls. */
function instructionsOf({ program, call }) {
  const [few, many] = [1000, 101_000].map((calls) => collected(program, call, calls));
  return few === undefined ? "not measured" : Math.round((many - few) / 100_000);
}

function collected(program, call, calls) {
  const run = spawnSync("valgrind", ["--tool=callgrind", "--callgrind-out-file=/dev/null", program, call, String(calls), "1"], {
    encoding: "utf8",
  });
  const count = /Collected : (\d+)/.exec(run.stderr ?? "")?.[1];
  return count === undefined ? undefined : Number(count);
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
