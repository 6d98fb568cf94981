/** What is timed: a file of names in, their texts out; with `--warm`, the names per second of CPU time once the code is warm. */
import { readFileSync } from "node:fs";

import { demangle } from "../../dist/objects/demangle/demangle.js";

const ROUNDS = 12;
const COLD_ROUNDS = 3;

const [file, mode] = process.argv.slice(2);
const names = readFileSync(file, "utf8").split("\n").slice(0, -1);
if (mode === "--warm") console.log(warmRate());
else process.stdout.write(`${names.map((name) => demangle(name).full).join("\n")}\n`);

function warmRate() {
  const rates = [];
  let length = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const since = process.cpuUsage();
    for (const name of names) length += demangle(name).full.length;
    const { user, system } = process.cpuUsage(since);
    if (round >= COLD_ROUNDS) rates.push(names.length / ((user + system) / 1e6));
  }
  if (length === 0) throw new Error("nothing was demangled");
  return rates.toSorted((a, b) => a - b)[(rates.length - 1) >> 1];
}
