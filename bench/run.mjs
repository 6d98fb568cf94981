/** `npm run bench`: every measurement in this folder, one after another; `npm run bench -- NAME …` picks some. Figures are kept in RESULTS.md by hand. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";

const folder = import.meta.dirname;
const wanted = process.argv.slice(2);
const benches = readdirSync(folder)
  .filter((name) => name.endsWith(".bench.mjs"))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)));
if (benches.length === 0) {
  console.error(`no measurement is called ${wanted.join(", ")}`);
  process.exit(2);
}
console.log(`Node ${process.version}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`);
for (const name of benches) {
  console.log(`\n## ${name}\n`);
  const { status } = spawnSync(process.execPath, [join(folder, name)], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
